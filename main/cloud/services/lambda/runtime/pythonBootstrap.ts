/** What runs a function's handler in Python: the same talk as `nodeBootstrap.ts`. */
export const pythonBootstrap = String.raw`import importlib
import json
import logging
import os
import resource
import sys
import time
import traceback

with os.fdopen(3) as given:
    asked = json.load(given)
os.environ.update(asked['environment'])
os.environ.pop('LC_CTYPE', None)
time.tzset()
about = asked['context']
memory = int(about['memoryLimitInMB']) * 1024 * 1024
# An interpreter maps more than it uses: what it may map is what it has, and some more.
resource.setrlimit(resource.RLIMIT_AS, (memory + 512 * 1024 * 1024,) * 2)


def answer(value):
    value['memory'] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    with os.fdopen(4, 'w') as out:
        json.dump(value, out, ensure_ascii=False)


def fail(error, kind=None):
    trace = traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    said = {
        'errorMessage': str(error),
        'errorType': kind or type(error).__name__,
        'requestId': about['awsRequestId'],
        'stackTrace': trace,
    }
    lines = ['[ERROR] %s: %s' % (said['errorType'], said['errorMessage']), 'Traceback (most recent call last):']
    print('\r'.join(lines + [line.rstrip().replace('\n', '\r') for line in trace]), flush=True)
    answer({'error': said})
    sys.stdout.flush()
    os._exit(1)


class Formatter(logging.Formatter):
    converter = time.gmtime
    default_msec_format = '%s.%03dZ'

    def __init__(self):
        super().__init__('[%(levelname)s]\t%(asctime)s\t' + about['awsRequestId'] + '\t%(message)s', '%Y-%m-%dT%H:%M:%S')

    def format(self, record):
        return super().format(record).replace('\n', '\r')


log = logging.StreamHandler(sys.stdout)
log.setFormatter(Formatter())
logging.getLogger().addHandler(log)


class Context:
    function_name = about['functionName']
    function_version = about['functionVersion']
    invoked_function_arn = about['invokedFunctionArn']
    memory_limit_in_mb = about['memoryLimitInMB']
    aws_request_id = about['awsRequestId']
    log_group_name = about['logGroupName']
    log_stream_name = about['logStreamName']
    identity = None
    client_context = about.get('clientContext')

    def get_remaining_time_in_millis(self):
        return max(0, int(asked['deadline'] - time.time() * 1000))


sys.path.insert(0, os.environ['LAMBDA_TASK_ROOT'])
module, _, name = asked['handler'].rpartition('.')
try:
    loaded = importlib.import_module(module.replace('/', '.'))
except SyntaxError as error:
    fail(error, 'Runtime.UserCodeSyntaxError')
except ImportError as error:
    fail(type(error)("Unable to import module '%s': %s" % (module, error)), 'Runtime.ImportModuleError')
except BaseException as error:
    fail(error)
if not hasattr(loaded, name):
    fail(AttributeError("Handler '%s' missing on module '%s'" % (name, module)), 'Runtime.HandlerNotFound')
try:
    result = getattr(loaded, name)(asked['event'], Context())
except SystemExit:
    raise
except BaseException as error:
    fail(error)
try:
    json.dumps(result)
except TypeError as error:
    fail(TypeError('Unable to marshal response: %s' % error), 'Runtime.MarshalError')
answer({'result': result})
sys.stdout.flush()
os._exit(0)
`
