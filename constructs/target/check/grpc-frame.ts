/**
 * The body of a gRPC health check request, in the escapes of `printf %b`: a byte that says that it is not compressed, its
 * length in four bytes, and the message. The message has one field, the name of the service; it is empty for the whole
 * server.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 * @see https://github.com/grpc/grpc-proto/blob/master/grpc/health/v1/health.proto
 */
export function grpcFrame(service: string): string {
  const name = [...Buffer.from(service)];
  // Field 1 of type text is written as 10.
  const message = name.length === 0 ? [] : [10, ...varint(name.length), ...name];
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  return [0, ...length, ...message].map(escaped).join('');
}

/** A number in groups of seven bits, the lowest first. All groups but the last have the highest bit as well. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function escaped(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[\w.\-/]/.test(character) && byte < 128 && !/\d/.test(character)
    ? character
    : `\\0${byte.toString(8).padStart(3, '0')}`;
}
