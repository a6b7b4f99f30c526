// Keeps a page of live trading up to date: listens to the event stream, and when something happens
// reads the page again and puts each part with data-part into its place. Without this script the
// page is whole; it then shows what was true when it was made.

const mark = document.getElementById("live-mark");
// Between two readings: heartbeats come often.
const REST = 1000;
// An executor that falls silent tells nobody: the page is read again even so.
const QUIET = 30000;
// EventSource connects again by itself, but not after an answer that is no stream.
const LONGEST = 60000;

let wait = 2000;
let reading = false;
let again = false;
let last = 0;
let timer;

function say(state) {
  if (mark) mark.dataset.state = state;
}

function soon() {
  if (reading || timer !== undefined) {
    again = true;
    return;
  }
  timer = setTimeout(read, Math.max(0, last + REST - Date.now()));
}

async function read() {
  timer = undefined;
  reading = true;
  again = false;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    // Signed out elsewhere: the server sends on to where one signs in.
    if (answer.redirected) return location.reload();
    if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // Out of reach: the stream says so, and a reading follows when it is back.
  }
  reading = false;
  last = Date.now();
  if (again) soon();
}

function put(fresh) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.isEqualNode(part)) continue;
    const focus = part.contains(document.activeElement) ? document.activeElement : null;
    part.replaceWith(document.adoptNode(next));
    if (focus) find(next, focus)?.focus({ preventScroll: true });
  }
}

// What has the focus is a link or a place that scrolls: known by where it leads, or what it is.
function find(part, focus) {
  const href = focus.getAttribute("href");
  if (href) return [...part.querySelectorAll("a")].find((one) => one.getAttribute("href") === href);
  return part.querySelector(".table-place");
}

function listen() {
  const events = new EventSource("/api/v1/events");
  events.addEventListener("open", () => {
    wait = 2000;
    say("on");
    // What happened before the line was open was not heard.
    soon();
  });
  for (const kind of ["command_changed", "reported", "executor_seen", "resync"]) {
    events.addEventListener(kind, soon);
  }
  events.addEventListener("error", () => {
    say("lost");
    if (events.readyState !== EventSource.CLOSED) return;
    setTimeout(listen, wait);
    wait = Math.min(wait * 2, LONGEST);
  });
  addEventListener("pagehide", () => events.close(), { once: true });
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
setInterval(() => document.hidden || soon(), QUIET);
document.addEventListener("visibilitychange", () => document.hidden || soon());
listen();
