#!/usr/bin/env node
// A registry that is one CSV file, as an adapter for Tracegate, with Node alone: adapter.js WEAPONS.csv
// The gateway starts it; or it runs by itself, at ADAPTER_LISTEN (host:port), for the gateway in ADAPTER_CALLER alone.
//
// gRPC over a Unix socket is HTTP/2 with five bytes before each message and the status in the trailers; the few messages of
// the contract are read and written by hand. In a project of your own, @grpc/grpc-js and protobufjs do both.
'use strict';
const fs = require('fs');
const http2 = require('http2');

const STATE = process.env.ADAPTER_STATE || 'BR';
const NOT_FOUND = 5, INVALID_ARGUMENT = 3, UNIMPLEMENTED = 12;

// --- protobuf: a field is a key (number and kind), then a varint or a length and that many bytes -------------------------

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}
const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
function bytes(field, value) {
  const content = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}
const message = (...fields) => Buffer.concat(fields);

// The fields of a message, each number with all its values: a Number, or a Buffer.
function fieldsOf(buffer) {
  const fields = {};
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= buffer.length) throw new Error('cut short');
      value += (buffer[at] & 127) * scale;
      if (buffer[at++] < 128) return value;
    }
  };
  while (at < buffer.length) {
    const key = next();
    const kind = key % 8;
    let value;
    if (kind === 0) value = next();
    else {
      const length = kind === 2 ? next() : kind === 1 ? 8 : 4;
      if (at + length > buffer.length) throw new Error('cut short');
      value = buffer.subarray(at, (at += length));
    }
    (fields[Math.floor(key / 8)] ||= []).push(value);
  }
  return fields;
}
const texts = (values = []) => values.map((value) => value.toString('utf8'));

// --- the registry --------------------------------------------------------------------------------------------------------

const fold = (serial) => serial.normalize('NFKC').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

// `?` stands for one character, `*` for any number; separators count in neither.
function expression(pattern) {
  const kept = pattern.toUpperCase().replace(/[^\p{L}\p{N}?*]/gu, '');
  return new RegExp('^' + kept.replace(/[?]/g, '.').replace(/[*]/g, '.*') + '$', 'su');
}

// A tracegate.v1.RegistryRecord; the numbers are those of registry_record.proto and firearm.proto.
function recordOf(row) {
  const term = (field, text) => bytes(field, bytes(1, text));
  const firearm = message(bytes(2, row.serial), term(4, row.make), term(5, row.model), term(6, row.calibre),
                          number(10, Number(row.year) || 0));
  const verbatim = Object.entries(row).map(([name, value]) => bytes(5, message(bytes(1, name), bytes(2, value))));
  return message(bytes(1, row.record), bytes(2, firearm), ...verbatim);
}

// This file quotes no field.
const [head, ...lines] = fs.readFileSync(process.argv[2], 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
const rows = lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] || ''])));

const methods = {
  Describe: () => message(bytes(1, 'weapons in a CSV file'), bytes(2, STATE), bytes(3, varint(1)), number(4, 1),
                          number(5, 20)),
  Find(request) {
    const wanted = new Set(texts(request[3]).map(fold).filter((serial) => serial !== ''));
    const pattern = texts(request[4]).at(-1) || '';
    const fits = fold(pattern) === '' ? null : expression(pattern);
    const max = (request[5] || [0]).at(-1);
    const found = rows.filter(({serial}) => wanted.has(fold(serial)) || (fits && fits.test(fold(serial))));
    const records = found.slice(0, max).map((row) => bytes(1, recordOf(row)));
    return bytes(1, message(...records, number(2, found.length > max ? 1 : 0)));  // none found is an answer too
  },
  GetRecord(request) {
    const wanted = texts(request[1]).at(-1);
    const row = rows.find(({record}) => record === wanted);
    return row ? bytes(1, recordOf(row)) : NOT_FOUND;
  },
  Health: () => message(),
};

// --- gRPC ----------------------------------------------------------------------------------------------------------------

function answer(stream, path, body) {
  const method = methods[path.replace('/tracegate.adapter.v1.RegistryAdapter/', '')];
  let result = UNIMPLEMENTED;
  if (method) {
    try {
      result = method(fieldsOf(body.subarray(5)));
    } catch {
      result = INVALID_ARGUMENT;
    }
  }
  if (stream.destroyed) return;  // nobody waits any more
  const ok = Buffer.isBuffer(result);
  stream.respond({':status': 200, 'content-type': 'application/grpc'}, {waitForTrailers: true});
  stream.on('wantTrailers', () => stream.sendTrailers({'grpc-status': ok ? '0' : String(result)}));
  if (!ok) return stream.end();
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(result.length, 1);
  stream.end(Buffer.concat([prefix, result]));
}

// Over TLS, for whoever shows a certificate of that CA with that SPIFFE ID: anybody else is hung up on before they can ask.
function createRemoteServer({ADAPTER_CERTIFICATE, ADAPTER_KEY, ADAPTER_CALLER_CA, ADAPTER_CALLER}) {
  const [cert, key, ca] = [ADAPTER_CERTIFICATE, ADAPTER_KEY, ADAPTER_CALLER_CA].map((file) => fs.readFileSync(file));
  const remote = http2.createSecureServer({cert, key, ca, requestCert: true, minVersion: 'TLSv1.3'});
  remote.on('secureConnection', (socket) => {
    const names = (socket.getPeerCertificate().subjectaltname || '').split(', ');
    if (!names.includes('URI:' + ADAPTER_CALLER)) socket.destroy();
  });
  return remote;
}

const {ADAPTER_LISTEN, TRACEGATE_ADAPTER_SOCKET} = process.env;
const server = ADAPTER_LISTEN ? createRemoteServer(process.env) : http2.createServer();
server.on('stream', (stream, headers) => {
  const parts = [];
  stream.on('error', () => {});  // the gateway cancelled
  stream.on('data', (part) => parts.push(part));
  stream.on('end', () => answer(stream, headers[':path'], Buffer.concat(parts)));
});
if (ADAPTER_LISTEN) {
  const [host, port] = ADAPTER_LISTEN.split(':');
  server.listen({host, port}, () => console.log(`listening at ${host}:${server.address().port}`));
} else {
  server.listen(TRACEGATE_ADAPTER_SOCKET, () => console.log('tracegate-adapter 1'));
  process.stdin.on('end', () => process.exit(0)).resume();  // ends with the gateway
}
