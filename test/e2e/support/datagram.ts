import { createSocket } from 'node:dgram';
import { until } from './run';

/** Sends a datagram to a port of this machine until it comes back, as an echo does. */
export function echoed(port: number, text: string, seconds = 30): Promise<string> {
  return until(`an echo of UDP port ${port}`, seconds, () => once(port, text));
}

function once(port: number, text: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (answer?: string) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(end, 1000);
    socket.on('message', (message) => {
      end(message.toString());
    });
    socket.on('error', () => {
      end();
    });
    socket.send(text, port, '127.0.0.1');
  });
}
