/** The pages' one style sheet. It stands in each page, so that its hash is all that the policy must let in. */
export const style = `
:root{color-scheme:light dark;--bg:#f6f8fa;--panel:#fff;--line:#d5dce3;--text:#16202a;--dim:#44515e;--field:#7b8894;
--accent:#0546c7;--on-accent:#fff;--failed:#7c0d03;--failed-bg:#fbeceb;--note:#6b580d;--note-bg:#fdf6dc;
--shadow:0 12px 32px rgb(22 32 42/12%)}
@media (prefers-color-scheme:dark){:root{--bg:#0f1419;--panel:#141b22;--line:#26313c;--text:#e3e9ef;--dim:#a9b4bf;
--field:#66727e;--accent:#8bb0f7;--on-accent:#0b1016;--failed:#ea8463;--failed-bg:#2a1a18;--note:#f9dd4d;
--note-bg:#25220f;--shadow:0 12px 32px rgb(0 0 0/45%)}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;display:flex;flex-direction:column;align-items:center;padding:10vh 16px 24px;background:var(--bg);
color:var(--text);font:15px/1.5 "Inter Variable",Inter,system-ui,"Segoe UI",Roboto,sans-serif}
.brand{display:flex;align-items:center;gap:10px;margin-bottom:20px;font-weight:600}
.brand svg{width:32px;height:32px}
.chip{padding:2px 8px;border-radius:999px;background:var(--note-bg);color:var(--note);border:1px solid currentColor;
font-size:12px;font-weight:600;line-height:1.4}
main{width:100%;max-width:424px;padding:28px;background:var(--panel);border:1px solid var(--line);border-radius:12px;
box-shadow:var(--shadow)}
main>*+*{margin-top:16px}
h1{font-size:20px;line-height:1.3;font-weight:650;letter-spacing:-.01em}
p{color:var(--dim)}
strong{color:var(--text);font-weight:600}
form>*+*{margin-top:14px}
label{display:block;margin-bottom:4px;font-size:13px;font-weight:600}
input{width:100%;height:40px;padding:0 12px;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--field);
border-radius:8px}
input.code{height:52px;font:600 22px ui-monospace,"DejaVu Sans Mono",monospace;letter-spacing:.12em;text-align:center;
text-transform:uppercase}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button{height:40px;padding:0 18px;font:inherit;font-weight:600;color:var(--text);background:transparent;
border:1px solid var(--field);border-radius:8px;cursor:pointer}
button.primary{color:var(--on-accent);background:var(--accent);border-color:var(--accent)}
button.whole{width:100%}
button.link{height:auto;padding:0;border:0;color:var(--accent);font-weight:500;text-decoration:underline}
.row{display:flex;gap:10px}.row>*{flex:1;margin:0}
.error{padding:10px 12px;border-radius:8px;color:var(--failed);background:var(--failed-bg);font-size:14px}
.user-code{font:600 26px ui-monospace,"DejaVu Sans Mono",monospace;letter-spacing:.12em;text-align:center;color:var(--text);
padding:12px;border:1px dashed var(--field);border-radius:8px}
ul{list-style:none;padding:0;border-top:1px solid var(--line)}
li{display:flex;justify-content:space-between;align-items:baseline;gap:16px;padding:9px 0;border-bottom:1px solid var(--line)}
li span+span{text-align:right;color:var(--dim);font-size:13px}
small{font-size:12px;color:var(--dim);font-variant-numeric:tabular-nums}
.who{display:flex;justify-content:space-between;gap:12px;font-size:13px;color:var(--dim)}.who>*{margin:0}
code{font:13px ui-monospace,"DejaVu Sans Mono",monospace;color:var(--text);overflow-wrap:anywhere}
footer{max-width:424px;margin-top:20px;font-size:13px;color:var(--dim);text-align:center}
@media (max-width:480px){body{padding-top:24px}main{padding:20px}}
`
