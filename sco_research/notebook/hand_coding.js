// The screen of coding by hand. It shows `state` and `questions`, and tells the kernel what the
// coder does; it keeps nothing, so that a restarted kernel or a reloaded page loses nothing.

const KEYS = "123456789";

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  let active = 0; // the question that digits answer
  let filter = "";
  const tell = (content) => model.send(content);
  const questions = () => model.get("questions");
  const state = () => model.get("state");
  const given = (name) => state().answers[name] || "";
  const answer = (question, value) => tell({ do: "answer", question, value });
  const go = (position) => {
    active = 0;
    tell({ do: "go", position });
  };

  const root = element("section", {
    class: "sco-coding",
    tabindex: "0",
    "aria-label": "Coding by hand",
    // JupyterLab would take digits and letters for its own commands.
    "data-lm-suppress-shortcuts": "true",
  });
  el.append(root);

  function choose(question, value) {
    if (!question.many) {
      answer(question.name, given(question.name) === value ? "" : value);
      if (given(question.name) !== value) active = Math.min(active + 1, questions().length - 1);
      return;
    }
    const now = given(question.name).split(";").filter(Boolean);
    const without = now.filter((item) => item !== value && item !== "none");
    const next = now.includes(value) ? without : value === "none" ? ["none"] : [...without, value];
    answer(question.name, next.join(";"));
  }

  function options(question) {
    const all = question.many ? [...question.values, ["none", "none of these"]] : question.values;
    const words = filter.toLowerCase();
    return question.many
      ? all.filter(([id, label]) => !words || `${id} ${label}`.toLowerCase().includes(words))
      : all;
  }

  function choices(question, index) {
    const now = given(question.name).split(";");
    const list = element("div", {
      role: question.many ? "group" : "radiogroup",
      "aria-label": question.question,
      class: "sco-choices",
    });
    options(question).forEach(([value, label], place) => {
      const checked = now.includes(value);
      const key = index === active && place < KEYS.length ? KEYS[place] : "";
      const button = element(
        "button",
        {
          type: "button",
          role: question.many ? "checkbox" : "radio",
          "aria-checked": String(checked),
          "data-value": value,
        },
        ...(key ? [element("kbd", {}, key)] : []),
        label,
      );
      button.addEventListener("click", () => {
        active = index;
        choose(question, value);
      });
      list.append(button);
    });
    return list;
  }

  function field(question, index) {
    const block = element("fieldset", {
      class: index === active ? "sco-question sco-active" : "sco-question",
      "data-question": question.name,
    });
    block.append(element("legend", {}, question.question));
    if (question.number) {
      const input = element("input", {
        type: "number",
        min: "0",
        step: "1",
        value: given(question.name),
        "aria-label": question.question,
        "data-focus": question.name,
      });
      input.addEventListener("focus", () => (active = index));
      input.addEventListener("change", () => answer(question.name, input.value));
      block.append(input);
      return block;
    }
    if (question.many) {
      const search = element("input", {
        type: "search",
        placeholder: "filter ( / )",
        value: filter,
        "aria-label": "Filter the answers",
        "data-focus": "filter",
      });
      search.addEventListener("input", () => {
        filter = search.value;
        draw();
      });
      block.append(search);
    }
    block.append(choices(question, index));
    return block;
  }

  function draw() {
    const focused = root.querySelector(":focus")?.getAttribute("data-focus");
    const inside = root.contains(document.activeElement);
    const now = state();
    const move = (label, title, action) => {
      const button = element("button", { type: "button", title }, label);
      button.addEventListener("click", action);
      return button;
    };
    const note = element("input", {
      type: "text",
      value: given("note"),
      placeholder: "note, doubts with ? ( n )",
      "aria-label": "Note",
      "data-focus": "note",
    });
    note.addEventListener("change", () => answer("note", note.value));
    root.replaceChildren(
      element(
        "header",
        {},
        element("strong", {}, `${now.position + 1} of ${now.sentences}`),
        element("progress", { max: now.sentences, value: now.coded, "aria-label": "Coded" }),
        element("span", {}, `${now.coded} coded`),
        element("span", { class: "sco-place" }, now.place),
      ),
      element("p", { class: "sco-context" }, now.before),
      element("blockquote", { class: "sco-sentence" }, now.text),
      element("p", { class: "sco-context" }, now.after),
      ...questions().map(field),
      ...(now.note ? [note] : []),
      element(
        "nav",
        { "aria-label": "Sentences" },
        move("← back", "left arrow", () => go(now.position - 1)),
        move("next →", "right arrow or Enter", () => go(now.position + 1)),
        move("first open", "o", () => tell({ do: "open" })),
      ),
      element(
        "div",
        { role: "status", class: now.trouble || now.saved.startsWith("not") ? "sco-status sco-trouble" : "sco-status" },
        now.trouble || `${now.saved || "nothing answered yet"} · ${now.sheet}`,
      ),
    );
    if (focused) {
      const again = root.querySelector(`[data-focus="${focused}"]`);
      again?.focus();
      if (focused === "filter") again?.setSelectionRange(filter.length, filter.length);
    } else if (inside) root.focus();
  }

  root.addEventListener("keydown", (event) => {
    event.stopPropagation(); // no key of the coder's is a command of JupyterLab
    const writing = event.target instanceof HTMLInputElement;
    if (writing && event.key === "Escape") return void root.focus();
    if (writing && event.key === "Enter") {
      event.target.blur();
      root.focus();
      return;
    }
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const question = questions()[active];
    const place = KEYS.indexOf(event.key);
    const moves = {
      ArrowLeft: () => go(state().position - 1),
      ArrowRight: () => go(state().position + 1),
      ArrowDown: () => ((active = Math.min(active + 1, questions().length - 1)), draw()),
      ArrowUp: () => ((active = Math.max(active - 1, 0)), draw()),
      Enter: () => event.target === root && go(state().position + 1),
      o: () => tell({ do: "open" }),
      n: () => root.querySelector('[data-focus="note"]')?.focus(),
      "/": () => root.querySelector('[data-focus="filter"]')?.focus(),
    };
    if (question?.number && /^[0-9]$/.test(event.key)) answer(question.name, event.key);
    else if (question && place >= 0 && place < options(question).length)
      choose(question, options(question)[place][0]);
    else if (moves[event.key]) moves[event.key]();
    else return;
    if (event.key !== "Enter" || event.target === root) event.preventDefault();
  });

  model.on("change:state", draw);
  draw();
  return () => model.off("change:state", draw);
}

export default { render };
