const { createServer } = require('node:http');

const greeting = process.env.GREETING ?? 'Hello';

const server = createServer((request, response) => {
  const found = request.url === '/' || request.url === '/health';
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(found ? `${greeting}\n` : 'not found\n');
});

// Answers the open requests before the process ends.
process.on('SIGTERM', () => server.close());
server.listen(8000, () => console.log('listening on 8000'));
