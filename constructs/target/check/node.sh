node -e 'const [left, url, ...headers] = process.argv.slice(1), place = new URL(url), end = (text) => { console.log(text); process.exit(); }
setTimeout(end, left * 1000, "no answer in time")
const heard = (answer) => { let size = 0; const done = () => end(answer.statusCode + " " + (answer.headers.location || "")); answer.on("data", (data) => (size += data.length) > 10239 && done()).on("end", done).on("error", () => end("half an answer")); }
const options = { host: place.hostname.replace(/[[\]]/g, ""), port: place.port, path: url.replace(/^\w+:..[^/?]*/, "").replace(/^(?!\/)/, "/"), rejectUnauthorized: false, headers: Object.fromEntries(headers.map((header) => header.split(/: (.*)/))) }
require(place.protocol.slice(0, -1)).get(options, heard).on("error", (error) => end(error.message))' "$left" "$url" "$@"
