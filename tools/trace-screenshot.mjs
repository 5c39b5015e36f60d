// A picture of one submission's trace, from the click to the item in the table, taken from the dashboard of a running system:
//
//   node tools/trace-screenshot.mjs LOGIN_URL API_URL [PICTURE] [light|dark]
//
// LOGIN_URL and API_URL are those that AppHost prints when it is up (of the latter scheme, host and port); Node 22 or newer. The picture is
// docs/images/trace.png unless said otherwise. It needs Chromium, at /usr/bin/chromium or where CHROMIUM_PATH says.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const WIDTH = 1500;
const PATIENCE_MS = 60_000;
// What the picture must show, in the words of the page, which are not always the spans' names.
const PARTS = ["POST /submissions", "SQS/SendMessageBatch", "write quiz-results", "DynamoDB/BatchWriteItem"];

const [loginUrl, apiUrl, picture = path.join(import.meta.dirname, "..", "docs", "images", "trace.png"), theme = "light"] = process.argv.slice(2);
if (!loginUrl || !apiUrl) {
  console.error("usage: node trace-screenshot.mjs LOGIN_URL API_URL [PICTURE] [light|dark]");
  process.exit(2);
}
if (typeof WebSocket === "undefined") {
  console.error(`Node 22 or newer is needed, this is ${process.version}; with Node 20 it is node --experimental-websocket.`);
  process.exit(2);
}
const api = new URL(apiUrl).origin;

async function until(what, ask) {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > giveUpAt) throw new Error(`did not happen in time: ${what}`);
    await pause(200);
  }
}

async function send(method, route, body, headers = {}) {
  const response = await fetch(api + route, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
  return response;
}

// Submits, and waits for the result. Returns the trace's id, which is chosen here as a browser would.
async function submit(quiz, student) {
  const trace = randomBytes(16).toString("hex");
  const answers = { student_id: student, quiz_id: quiz, answers: { q1: "a", q2: "b" } };
  const accepted = await send("POST", "/submissions", answers, { traceparent: `00-${trace}-${randomBytes(8).toString("hex")}-01` });
  const location = new URL(accepted.headers.get("location"), api);
  await until(`${location} has a result`, async () => (await fetch(location)).status === 200);
  return trace;
}

async function tracedSubmission() {
  const quiz = `trace-${Date.now()}`;
  const question = (id) => ({ question_id: id, text: `${id}?`, choices: ["a", "b"], correct_answer: "a" });
  await send("PUT", `/quizzes/${quiz}`, { title: "A traced quiz", questions: [question("q1"), question("q2")] });
  // Those before it meet processes that have just started.
  for (let number = 0; number < 5; number++) await submit(quiz, `warm-${number}`);
  return submit(quiz, "ada");
}

// A page of a browser by Chromium's own protocol: what is needed of it is four calls.
async function openPage(profile) {
  const browser = spawn(
    process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    // Chromium's own sandbox needs rights that containers and root do not have; it sees nothing but the dashboard.
    ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve, reject) => browser.once("exit", resolve).once("error", reject));
  ended.catch(() => {}); // it is looked at once there is somebody to tell
  try {
    return await connect(browser, ended, profile);
  } catch (error) {
    browser.kill();
    await ended;
    throw error;
  }
}

async function connect(browser, ended, profile) {
  const port = await until("Chromium listens", () =>
    readFile(path.join(profile, "DevToolsActivePort"), "utf8").then((text) => text.split("\n")[0], () => null));
  const target = await until("Chromium has a page", async () =>
    (await (await fetch(`http://127.0.0.1:${port}/json`)).json()).find((one) => one.type === "page"));
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));

  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  };
  let last = 0;
  const call = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const evaluate = async (expression) => (await call("Runtime.evaluate", { expression, returnByValue: true })).result.value;
  const close = async () => {
    socket.close();
    browser.kill();
    await ended;
  };
  return { call, evaluate, close };
}

async function show(page, url, parts) {
  await page.call("Page.navigate", { url });
  await until(`${new URL(url).pathname} shows ${parts.join(", ")}`, async () => {
    const text = (await page.evaluate("document.body?.innerText")) ?? "";
    return parts.every((part) => text.includes(part));
  });
}

const profile = await mkdtemp(path.join(tmpdir(), "trace-screenshot-"));
let page;
try {
  const trace = await tracedSubmission();
  page = await openPage(profile);
  await page.call("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
  const size = (height) => page.call("Emulation.setDeviceMetricsOverride", { width: WIDTH, height, deviceScaleFactor: 1, mobile: false });
  await size(900);
  await show(page, loginUrl, ["quiz-processor"]);
  await show(page, new URL(`/traces/detail/${trace}`, loginUrl).href, PARTS);
  // As high as its rows: below them is nothing to see.
  const bottom = await page.evaluate(
    "Math.max(...[...document.querySelectorAll('.trace-detail-container tr, fluent-data-grid tr, .fluent-data-grid tr')].map(row => row.getBoundingClientRect().bottom))");
  await size(Math.min(900, Math.ceil((bottom || 860) + 40)));
  // The page lays itself out anew.
  await pause(1500);
  const { data } = await page.call("Page.captureScreenshot", { format: "png" });
  await writeFile(picture, Buffer.from(data, "base64"));
  console.log(`${picture}: trace ${trace}`);
} finally {
  await page?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
