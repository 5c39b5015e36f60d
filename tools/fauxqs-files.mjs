// The package holds what is in its buckets in memory, or in one row each of its database: a sheet of a gigabyte fits into neither. Here the
// database refers to files for what is large, part by part as it came, and an answer is streamed from them. What is small stays in the rows.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { S3Error } from "./node_modules/fauxqs/dist/common/errors.js";
import { PersistenceManager } from "./node_modules/fauxqs/dist/persistence.js";
import { computeCompositeChecksum } from "./node_modules/fauxqs/dist/s3/checksum.js";
import { S3Store } from "./node_modules/fauxqs/dist/s3/s3Store.js";

const LARGE = 1024 * 1024;
// S3's own limit, for all parts but the last.
const LEAST_PART = 5 * 1024 * 1024;

/** Bytes of files, one after another, none of which is opened before it is read. The package takes it for a buffer, and its server for a stream. */
class Files extends Readable {
  #chunks;

  /** @param slices name, start and length of each. */
  constructor(directory, slices) {
    super();
    this.directory = directory;
    this.slices = slices;
    this.length = slices.reduce((sum, slice) => sum + slice.length, 0);
  }

  subarray(start, end) {
    let at = 0;
    return new Files(this.directory, this.slices.flatMap((slice) => {
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, slice.length)];
      at += slice.length;
      return from < to ? [{ name: slice.name, start: slice.start + from, length: to - from }] : [];
    }));
  }

  toBuffer() {
    return Buffer.concat(this.slices.map((slice) =>
      readFileSync(join(this.directory, slice.name)).subarray(slice.start, slice.start + slice.length)));
  }

  /** The package's handlers do not return what they answer with, so that the server takes an answer without headers for a missing one. */
  pipe(answer, options) {
    answer.flushHeaders?.();
    return super.pipe(answer, options);
  }

  _read() {
    this.#chunks ??= this.#readAll();
    this.#chunks.next().then(({ done, value }) => this.push(done ? null : value), (error) => this.destroy(error));
  }

  _destroy(error, done) {
    if (!this.#chunks) return done(error);
    this.#chunks.return().then(() => done(error), done);
  }

  async *#readAll() {
    for (const { name, start, length } of this.slices) {
      yield* createReadStream(join(this.directory, name), { start, end: start + length - 1, highWaterMark: LARGE / 4 });
    }
  }
}

/** The package's database; the body of a large object, and of every part of an upload, is a list of files in its row. */
export class FileDatabase extends PersistenceManager {
  constructor(directory) {
    super(directory);
    this.directory = join(directory, "files");
    mkdirSync(this.directory, { recursive: true });
    this.object = this.db.prepare("SELECT body, content_length FROM s3_objects WHERE bucket = ? AND key = ?");
    this.part = this.db.prepare("SELECT body FROM s3_multipart_parts WHERE upload_id = ? AND part_number = ?");
    this.parts = this.db.prepare("SELECT body FROM s3_multipart_parts WHERE upload_id = ?");
  }

  readBody(bucket, key) {
    const row = this.object.get(bucket, key);
    if (!row) throw new Error("The object is gone.");
    return isInFiles(row) ? this.#files(row) : Buffer.from(row.body);
  }

  upsertObject(bucket, object) {
    const before = this.object.get(bucket, object.key);
    const body = object.body.length < LARGE ? asBuffer(object.body) : this.#list(object.body);
    super.upsertObject(bucket, { ...object, body });
    if (before && isInFiles(before)) this.#remove(this.#files(before).slices);
  }

  deleteObject(bucket, key) {
    const row = this.object.get(bucket, key);
    super.deleteObject(bucket, key);
    if (row && isInFiles(row)) this.#remove(this.#files(row).slices);
  }

  upsertMultipartPart(uploadId, part) {
    const before = this.part.get(uploadId, part.partNumber);
    // The package has the part in memory by now, and is to hold its place alone.
    part.body = this.#written(part.body);
    super.upsertMultipartPart(uploadId, { ...part, body: this.#list(part.body) });
    if (before) this.#remove(this.#files(before).slices);
  }

  deleteMultipartUpload(uploadId) {
    const parts = this.#slicesOf(uploadId);
    super.deleteMultipartUpload(uploadId);
    this.#remove(parts);
  }

  completeMultipartUpload(uploadId, bucket, object) {
    const parts = this.#slicesOf(uploadId);
    super.completeMultipartUpload(uploadId, bucket, object);
    const kept = object.body.length < LARGE ? [] : object.body.slices.map((slice) => slice.name);
    this.#remove(parts.filter((slice) => !kept.includes(slice.name)));
  }

  /** Also deletes the files that a run left behind which was killed before it had written, or after it had deleted, what refers to them. */
  loadS3(store) {
    super.loadS3(store);
    for (const upload of store.multipartUploads.values())
      for (const part of upload.parts.values()) part.body = this.#files(part);

    const rows = [
      ...this.db.prepare("SELECT body, content_length FROM s3_objects").all().filter(isInFiles),
      ...this.db.prepare("SELECT body FROM s3_multipart_parts").all(),
    ];
    const known = new Set(rows.flatMap((row) => this.#files(row).slices.map((slice) => slice.name)));
    this.#remove(readdirSync(this.directory).filter((name) => !known.has(name)).map((name) => ({ name })));
  }

  #slicesOf(uploadId) {
    return this.parts.all(uploadId).flatMap((row) => this.#files(row).slices);
  }

  #files(row) {
    return new Files(this.directory, JSON.parse(Buffer.from(row.body)).map(([name, length]) => ({ name, start: 0, length })));
  }

  #list(body) {
    return Buffer.from(JSON.stringify(this.#written(body).slices.map(({ name, length }) => [name, length])));
  }

  #written(body) {
    if (body instanceof Files) return body;
    const name = randomUUID();
    writeFileSync(join(this.directory, name), body);
    return new Files(this.directory, [{ name, start: 0, length: body.length }]);
  }

  /** When the database has forgotten them: this may be called within a transaction. */
  #remove(slices) {
    queueMicrotask(() => {
      for (const { name } of slices) rmSync(join(this.directory, name), { force: true });
    });
  }
}

export class FileStore extends S3Store {
  putObject(bucket, key, body, ...others) {
    return super.putObject(bucket, key, asBuffer(body), ...others);
  }

  uploadPart(uploadId, partNumber, body, ...others) {
    return super.uploadPart(uploadId, partNumber, asBuffer(body), ...others);
  }

  /** Puts the parts together by name; the package would need all their bytes in memory, twice. */
  completeMultipartUpload(uploadId, listed) {
    const upload = this.multipartUploads.get(uploadId);
    if (!upload) throw new S3Error("NoSuchUpload", "There is no such upload: it was completed, aborted or never begun.", 404);
    const parts = listed.map(({ partNumber, etag }, index) => {
      const part = upload.parts.get(partNumber);
      if (index > 0 && partNumber <= listed[index - 1].partNumber) throw new S3Error("InvalidPartOrder", "The parts are not in ascending order.", 400);
      if (!part || unquoted(part.etag) !== unquoted(etag)) throw new S3Error("InvalidPart", "A part was not uploaded, or has another ETag.", 400);
      if (index < listed.length - 1 && part.body.length < LEAST_PART) throw new S3Error("EntityTooSmall", "A part is smaller than 5 MiB.", 400);
      return part;
    });
    if (parts.length === 0) throw new S3Error("MalformedXML", "No part is listed.", 400);

    const { bucket, key, contentType, metadata, contentLanguage, contentDisposition, cacheControl, contentEncoding, checksumAlgorithm } = upload;
    const digests = parts.map((part) => Buffer.from(unquoted(part.etag), "hex"));
    const checksums = checksumAlgorithm ? parts.map((part) => part.checksumValue).filter(Boolean) : [];
    const body = new Files(parts[0].body.directory, parts.flatMap((part) => part.body.slices));
    let offset = 0;
    const object = {
      key, contentType, metadata, contentLanguage, contentDisposition, cacheControl, contentEncoding,
      body,
      contentLength: body.length,
      etag: `"${createHash("md5").update(Buffer.concat(digests)).digest("hex")}-${parts.length}"`,
      lastModified: new Date(),
      parts: parts.map(({ partNumber, body: { length } }) => ({ partNumber, offset: (offset += length) - length, length })),
      ...(checksums.length > 0 && {
        checksumAlgorithm, partChecksums: checksums, checksumType: "COMPOSITE", checksumValue: computeCompositeChecksum(checksumAlgorithm, checksums),
      }),
    };
    this.persistence.completeMultipartUpload(uploadId, bucket, object);
    // Without a body the package asks for it when it is read.
    this.buckets.get(bucket).set(key, { ...object, body: Buffer.alloc(0) });
    this.multipartUploads.delete(uploadId);
    this.multipartUploadsByBucket.get(bucket)?.delete(uploadId);
    return object;
  }
}

const isInFiles = (row) => row.body.length !== Number(row.content_length);
const asBuffer = (body) => (body instanceof Files ? body.toBuffer() : body);
const unquoted = (etag) => etag.replaceAll('"', "");
