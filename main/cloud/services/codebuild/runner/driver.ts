/**
 * The shell that runs a build's commands. It takes the path of each command's script on descriptor 3, sources it (so
 * that `cd`, `export`, functions and background jobs live on, as version 0.2 promises), saves what outlives the shell,
 * and says the exit code on descriptor 4. Commands see neither descriptor, so nothing they print or close can disturb
 * the talk. A command that ends the shell (`exit`, `set -e`, `exec`) is seen by the shell's own end; the next shell
 * starts from the saved state.
 */
export const driverScript = `readonly _codebuild_state="$1"
set --
. "$_codebuild_state/env.sh"
IFS= read -r _codebuild_directory <"$_codebuild_state/cwd"
cd "$_codebuild_directory" || exit 127
_codebuild_save() { { export -p >"$_codebuild_state/env.sh"; pwd >"$_codebuild_state/cwd"; } 2>/dev/null; }
trap '_codebuild_exit=$?; _codebuild_save; exit $_codebuild_exit' EXIT
while IFS= read -r _codebuild_script <&3; do
  . "$_codebuild_script" 3<&- 4>&-
  { _codebuild_exit=$?; _codebuild_save; printf '%s\\n' "$_codebuild_exit" >&4; } 2>/dev/null
done
`

/** Lines that give a shell exactly these variables; names must be identifiers. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join('')
}

/** A word that every POSIX shell reads back as `text`. */
export const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
