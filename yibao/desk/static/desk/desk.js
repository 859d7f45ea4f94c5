/* The review desk's behaviour. Every page works without it; the editor is quicker with it.
 *
 * A segment is a form (textarea, version, buttons) that the server can take as a plain post.
 * Here the same form is sent by fetch, and of the row that comes back everything is put in place
 * except the textarea: replacing it would lose the caret, the undo history and a composition
 * under way. Unsaved text is kept in localStorage until the server has it.
 */
"use strict";
document.documentElement.classList.add("js");

(() => {
  const PAUSE = 1500; // ms without input before a draft is saved
  const RENEWAL = 300000; // ms between signs of life; a claim lasts twenty minutes
  const RETRY = 10000; // ms between attempts while the server cannot be reached
  const PARTS = ["source", "meta", "problem", "findings", "aside", "conflict"];
  const TROUBLE = "[data-part=problem]:not(:empty), [data-part=conflict] .note";
  const rows = new Map(); // element of a row -> Row
  let words; // dataset with every sentence this script says
  let active = null;
  let owner = "";
  let standing = ""; // state and holder of the translation, as the bar shows them
  let deciding = false;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang,
    { hour: "2-digit", minute: "2-digit" });

  function say(text, tone = "") {
    const place = document.getElementById("save-state");
    place.textContent = text;
    place.dataset.tone = tone;
  }

  function banner(name, shown) {
    document.getElementById(`banner-${name}`).hidden = !shown;
  }

  const kept = {
    key: (row) => `yibao/${owner}/${row.id}`,
    put(row) {
      const value = { text: row.field.value, version: row.version, at: clock() };
      try {
        localStorage.setItem(this.key(row), JSON.stringify(value));
      } catch {
        /* Storage is full or forbidden: the server still has what was saved. */
      }
    },
    get(row) {
      try {
        return JSON.parse(localStorage.getItem(this.key(row)));
      } catch {
        return null;
      }
    },
    drop(row) {
      try {
        localStorage.removeItem(this.key(row));
      } catch {
        /* Nothing was kept. */
      }
    },
  };

  class Row {
    constructor(element) {
      this.element = element;
      this.id = element.dataset.segment;
      this.form = element.querySelector("form.target");
      this.field = element.querySelector("textarea");
      this.editable = !this.field.readOnly;
      this.saved = this.field.value;
      this.composing = false;
      this.busy = false;
      this.sending = null; // the text that is on its way
      this.waiting = null; // what comes after it
      this.timer = 0;
      this.failed = ""; // what could not be sent, to be tried again
      this.later = new Map(); // name of a part -> what will take its place
      this.markup = new Map(PARTS.map((name) => [name, this.part(name)?.outerHTML]));
      if (this.editable) this.listen();
    }

    get version() { return this.form.elements.version.value; }
    set version(value) { this.form.elements.version.value = value; }
    get open() { return this.element.hasAttribute("data-open"); }
    get dirty() { return this.field.value !== this.saved; }
    get unsettled() { return this.editable && (this.dirty || this.busy); }
    has(severity) { return this.element.querySelector(`.findings > .${severity}:not(.dismissed)`); }
    part(name) { return this.element.querySelector(`[data-part="${name}"]`); }

    listen() {
      this.field.addEventListener("compositionstart", () => { this.composing = true; });
      this.field.addEventListener("compositionend", () => {
        this.composing = false;
        this.changed();
      });
      this.field.addEventListener("input", () => this.changed());
      this.field.addEventListener("blur", () => {
        if (this.dirty && this.field.value !== this.sending) this.send("save");
      });
      if (!CSS.supports("field-sizing", "content")) this.grow();
    }

    grow() {
      this.field.style.height = "auto";
      this.field.style.height = `${this.field.scrollHeight + 2}px`;
    }

    changed() {
      if (!CSS.supports("field-sizing", "content")) this.grow();
      this.element.classList.toggle("dirty", this.dirty);
      clearTimeout(this.timer);
      this.failed = ""; // a confirmation was of another text
      if (!this.dirty) return kept.drop(this);
      kept.put(this);
      if (!this.composing) this.soon();
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send("save"), PAUSE);
    }

    /* One request at a time: two autosaves in flight would be a conflict with oneself. What waits
     * meanwhile is the last thing asked for; a confirmation is not undone by a mere save. */
    async send(action, form = this.form) {
      if (this.composing) return false;
      clearTimeout(this.timer);
      if (this.busy) {
        if (action === "save" && this.waiting) return false;
        this.waiting?.done(false);
        return new Promise((done) => { this.waiting = { action, form, done }; });
      }
      this.busy = true;
      if (action === "save" && this.failed) action = this.failed;
      this.failed = "";
      const text = form === this.form ? this.field.value : this.saved;
      this.sending = text;
      const body = new FormData(form);
      body.set("version", this.version);
      if (action) body.set("action", action);
      say(words.saving);
      let well = false;
      try {
        const answer = await fetch(form.getAttribute("action"), { // a button is named action, too
          method: "POST",
          body,
          headers: { "X-Requested-With": "fetch" },
          keepalive: true,
        });
        banner("offline", false);
        well = this.take(answer.status, await answer.text(), text, action, form);
      } catch {
        this.lost = text; // perhaps the server has it, perhaps not
        if (form === this.form) this.failed = action;
        say(words.unsaved, "bad");
        banner("offline", true);
        this.timer = setTimeout(() => this.send(action, form), RETRY);
      }
      this.busy = false;
      this.sending = null;
      const next = this.waiting;
      this.waiting = null;
      if (next) {
        const after = this.send(next.action, next.form);
        after.then(next.done);
        return after;
      }
      if (well && this.dirty) this.soon();
      return well;
    }

    take(status, answer, text, action, form) {
      const fresh = new DOMParser().parseFromString(answer, "text/html").querySelector(".row");
      if (status === 401) {
        banner("signed-out", true);
      } else if (fresh === null) {
        this.markup.delete("problem");
        this.part("problem").replaceChildren(new DOMParser().parseFromString(answer, "text/html")
          .body.textContent.trim().slice(0, 400) || words.unsaved);
      } else if (status === 409) {
        return this.differs(fresh, action);
      } else {
        if (form !== this.form) this.field.focus(); // from a form that is about to go
        this.accept(fresh, text);
        if (status < 400) {
          say(fill(words.saved, { time: clock() }), "good");
          return true;
        }
      }
      say(words.unsaved, "bad");
      return false;
    }

    /* What the server made of white space is not brought back: that would cost the undo history. */
    accept(fresh, text) {
      this.version = fresh.dataset.version;
      this.saved = text;
      if (this.dirty) kept.put(this);
      else kept.drop(this);
      this.element.classList.toggle("dirty", this.dirty);
      this.show(fresh, PARTS);
      for (const name of ["data-state", "data-version"]) {
        this.element.setAttribute(name, fresh.getAttribute(name));
      }
      this.element.toggleAttribute("data-open", fresh.hasAttribute("data-open"));
      progress(fresh.dataset);
    }

    /* Somebody else's text: show both, overwrite nothing. An answer that got lost on its way
     * looks the same, but then theirs is what was sent from here. */
    differs(fresh, action) {
      const theirs = fresh.querySelector("textarea").value;
      if (theirs === this.lost) {
        this.version = fresh.dataset.version;
        this.waiting = { action, form: this.form, done() {} };
        return false;
      }
      this.show(fresh, ["conflict"]);
      this.theirs = { text: theirs, version: fresh.dataset.version, fresh };
      say(words.differs, "bad");
      return false;
    }

    show(fresh, names) {
      for (const name of names) {
        const next = fresh.querySelector(`[data-part="${name}"]`);
        if (!next || this.markup.get(name) === next.outerHTML) continue;
        this.markup.set(name, next.outerHTML);
        this.put(name, next);
      }
    }

    /* A part that somebody is at, as the reason of a dismissal, is put in place when they leave. */
    put(name, next) {
      const now = this.part(name);
      this.later.delete(name);
      if (!now.contains(document.activeElement)) return now.replaceWith(next);
      this.later.set(name, next);
      now.addEventListener("focusout", () => setTimeout(() => {
        if (this.later.get(name) === next) this.put(name, next);
      }), { once: true });
    }

    /* Through the browser's own editing, so that Ctrl+Z takes it back. */
    type(text) {
      this.field.focus();
      const done = text
        ? document.execCommand("insertText", false, text)
        : document.execCommand("delete");
      if (done) return;
      this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
      this.changed();
    }

    replace(text) {
      if (!this.editable) return;
      this.field.focus();
      this.field.select();
      this.type(text);
    }

    insert(term) {
      if (!this.editable) return;
      const { value, selectionStart: start, selectionEnd: end } = this.field;
      const spaced = this.element.hasAttribute("data-spaced");
      const before = spaced && /[\p{L}\p{N},.;:]$/u.test(value.slice(0, start)) ? " " : "";
      const after = spaced && /^[\p{L}\p{N}]/u.test(value.slice(end)) ? " " : "";
      this.type(before + term + after);
    }

    recover() {
      const copy = kept.get(this);
      if (!this.editable || !copy) return false;
      if (copy.text === this.field.value) {
        kept.drop(this);
        return false;
      }
      if (copy.version === this.version) {
        this.field.value = copy.text;
        this.changed();
        return true;
      }
      const notice = document.getElementById("kept-copy").content.cloneNode(true);
      notice.querySelector("blockquote").textContent = copy.text;
      notice.querySelector("[data-time]").textContent = copy.at;
      this.part("conflict").append(notice);
      this.copy = copy.text;
      return false;
    }
  }

  /* The bar above the segments, and the version that a decision will name: it is the one that
   * this page has just seen. */
  function progress(given) {
    const bar = document.getElementById("progress");
    bar.value = Number(given.done);
    bar.max = Number(given.total);
    document.getElementById("progress-said").textContent = fill(words.progress, given);
    for (const name of ["errors", "warnings"]) {
      const count = document.getElementById(name);
      count.hidden = given[name] === "0";
      count.textContent = fill(words[name], { number: given[name] });
    }
    for (const field of document.querySelectorAll(".actions [name=version]")) {
      field.value = given.whole;
    }
    if (given.standing !== standing) showStanding(given.standing);
  }

  /* Whoever begins to write takes the translation: what can be decided is then something else. */
  async function showStanding(now) {
    const page = document.querySelector("[data-editor]").dataset.page;
    const answer = await fetch(page).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const actions = document.querySelector(".actions");
    const inUse = actions.contains(document.activeElement) || actions.querySelector("[open]");
    if (deciding || inUse || !fresh.querySelector(".actions")) return; // the next save asks again
    standing = now;
    actions.replaceWith(fresh.querySelector(".actions"));
    document.getElementById("standing").replaceWith(fresh.getElementById("standing"));
    words.finished = fresh.getElementById("words").dataset.finished;
  }

  function activate(row) {
    if (active === row) return;
    active?.element.classList.remove("active");
    active = row;
    row.element.classList.add("active");
  }

  function go(row, block = "nearest") {
    if (!row) return;
    activate(row);
    row.field.focus({ preventScroll: true });
    row.element.scrollIntoView({ block });
  }

  function neighbour(step, wanted = () => true) {
    const all = [...rows.values()];
    for (let i = all.indexOf(active) + step; i >= 0 && i < all.length; i += step) {
      if (wanted(all[i])) return all[i];
    }
    return null;
  }

  /* What is typed while the confirmation is under way belongs to the next segment. */
  async function confirm(row) {
    const next = neighbour(1, (each) => each.open);
    const sent = row.send("confirm");
    if (next) go(next);
    const well = await sent;
    if (!well && next && active === next && !next.dirty && row.element.querySelector(TROUBLE)) {
      go(row);
    }
    if (!well || [...rows.values()].some((each) => each.open)) return;
    if ([...rows.values()].some((each) => each.has("error"))) say(words.errorsStand, "bad");
    else say(words.finished, "good");
  }

  function goToFinding(severity) {
    const all = [...rows.values()];
    const at = all.indexOf(active) + 1;
    go([...all.slice(at), ...all.slice(0, at)].find((each) => each.has(severity)), "center");
  }

  /* A decision names the version that stands: what is not saved yet goes first. */
  async function decide(event) {
    if (![...rows.values()].some((row) => row.unsettled)) return;
    event.preventDefault();
    if (deciding) return;
    deciding = true;
    flush();
    while ([...rows.values()].some((row) => row.busy)) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
    deciding = false;
    if ([...rows.values()].some((row) => row.unsettled)) say(words.unsaved, "bad");
    else event.target.requestSubmit(event.submitter);
  }

  const actions = {
    term: (row, button) => row.insert(button.dataset.insert),
    machine: (row, button) => row.replace(button.dataset.text),
    source: (row) => row.replace(row.element.dataset.source),
    "use-copy"(row) {
      row.replace(row.copy);
      row.part("conflict").replaceChildren();
    },
    "drop-copy"(row) {
      kept.drop(row);
      row.part("conflict").replaceChildren();
      row.field.focus();
    },
    "keep-mine"(row) {
      row.version = row.theirs.version;
      row.part("conflict").replaceChildren();
      row.markup.delete("conflict");
      row.send("save");
      row.field.focus();
    },
    "take-theirs"(row) {
      row.replace(row.theirs.text);
      clearTimeout(row.timer);
      row.accept(row.theirs.fresh, row.theirs.text);
      row.part("conflict").replaceChildren();
      row.markup.delete("conflict");
      say(fill(words.saved, { time: clock() }), "good");
    },
  };

  function press(row, name, index = 0) {
    row.element.querySelectorAll(`[data-do="${name}"]`)[index]?.click();
  }

  function altKey(event) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit) press(active, "term", Number(digit[1]) - 1);
    else if (event.code === "ArrowDown") go(neighbour(1));
    else if (event.code === "ArrowUp") go(neighbour(-1));
    else if (event.code === "KeyO") press(active, "source");
    else if (event.code === "KeyM") press(active, "machine");
    else if (event.code === "KeyW") {
      const form = active.element.querySelector(".findings details");
      if (form) {
        form.open = true;
        form.querySelector("input:not([type=hidden])").focus();
      }
    } else if (event.code === "Slash") document.getElementById("keys").showModal();
    else return;
    event.preventDefault();
  }

  function onKey(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method's own key
    if (!active) return;
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey && !command && !event.shiftKey) return altKey(event);
    if (event.key === "Enter" && command && !event.altKey && event.target === active.field) {
      event.preventDefault();
      if (!active.editable) go(neighbour(1));
      else if (event.shiftKey) {
        active.send("save");
        go(neighbour(1));
      } else confirm(active);
    }
  }

  function onClick(event) {
    const button = event.target.closest("[data-do]");
    const row = rows.get(event.target.closest(".row"));
    const count = event.target.closest("[data-next]");
    if (count) {
      event.preventDefault();
      goToFinding(count.dataset.next);
    }
    if (button?.dataset.do === "keys") document.getElementById("keys").showModal();
    if (!row) return;
    activate(row);
    if (button) {
      event.preventDefault();
      actions[button.dataset.do]?.(row, button);
    }
  }

  function onSubmit(event) {
    const row = rows.get(event.target.closest(".row"));
    if (!row) {
      if (event.target.closest(".actions")) decide(event);
      return;
    }
    event.preventDefault();
    if (event.target !== row.form) row.send("", event.target);
    else if (event.submitter?.value === "confirm") confirm(row);
    else row.send("save");
  }

  function startEditor(editor) {
    words = document.getElementById("words").dataset;
    owner = editor.dataset.user;
    const page = editor.dataset.page; // a refused decision stands at its own address
    if (location.pathname !== page) history.replaceState(null, "", page + location.hash);
    for (const element of editor.querySelectorAll(".row")) rows.set(element, new Row(element));
    standing = editor.querySelector(".row").dataset.standing;
    const recovered = [...rows.values()].filter((row) => row.recover());
    if (recovered.length) say(words.recovered, "good");
    editor.addEventListener("focusin", (event) => {
      const row = rows.get(event.target.closest(".row"));
      if (row) activate(row);
    });
    editor.addEventListener("mousedown", (event) => {
      if (event.target.closest("[data-do]")) event.preventDefault(); // the caret stays
    });
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey);
    editor.addEventListener("submit", onSubmit);
    if (editor.dataset.renew) keepClaim(editor.dataset.renew);
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
    if (location.hash) window.addEventListener("load", () => setTimeout(begin, 0, recovered));
    else begin(recovered);
  }

  /* Where work goes on: at the segment that the address names (once the browser has gone there,
   * which takes the focus away), at text that was put back, at the first open segment, else at
   * the first that has an error. */
  function begin(recovered) {
    const all = [...rows.values()];
    const named = rows.get(document.getElementById(location.hash.slice(1)));
    const here = named ?? recovered[0];
    // In a finished text nobody writes by accident: who approves it must not have written in it.
    if (!here && "finished" in document.querySelector("[data-editor]").dataset) activate(all[0]);
    else go(here ?? all.find((row) => row.open) ?? all.find((row) => row.has("error")) ?? all[0],
      "center");
  }

  /* Only while somebody is there: a page forgotten in a tab must not hold a text for ever. */
  function keepClaim(address) {
    let stirred = false;
    for (const sign of ["keydown", "pointermove"]) {
      document.addEventListener(sign, () => { stirred = true; }, { passive: true });
    }
    setInterval(async () => {
      if (!stirred) return;
      stirred = false;
      const body = new FormData();
      body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      const answer = await fetch(address, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "fetch" },
      }).catch(() => null);
      if (answer && !answer.ok) say(await answer.text(), "bad"); // somebody took it over
    }, RENEWAL);
  }

  function flush() {
    for (const row of rows.values()) {
      if (row.editable && (row.dirty || row.failed)) row.send("save");
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector("[data-editor]");
    if (editor) startEditor(editor);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      const reason = event.target.closest(".findings details");
      if (reason) {
        reason.open = false;
        active.field.focus();
      }
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  });
})();
