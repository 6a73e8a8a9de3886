import { money } from './basket.mjs'

const escaped = text => String(text).replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])

/** The shop's one page. */
export function page({ catalogue, settings, version, builtAt }) {
  const cards = catalogue.map(
    ({ sku, name, price, tone }) => `
      <li>
        <div class="picture" style="background:${escaped(tone)}"></div>
        <h2>${escaped(name)}</h2>
        <p><b>${money(price, settings.currency)}</b> <small>${escaped(sku)}</small></p>
      </li>`,
  )
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${escaped(settings.name)}</title>
    <link rel="stylesheet" href="style.css" />
  </head>
  <body>
    <header>
      <strong>${escaped(settings.name)}</strong>
      <h1>${escaped(settings.headline)}</h1>
      <p>Free delivery from ${money(settings.freeDeliveryFrom, settings.currency)}</p>
    </header>
    <ul>${cards.join('')}
    </ul>
    <footer>Version ${escaped(version)}, built ${escaped(builtAt)} UTC. A sample: nothing here is for sale.</footer>
  </body>
</html>
`
}
