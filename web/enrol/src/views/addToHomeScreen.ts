import add from "../pictures/stepAdd.svg?raw";
import open from "../pictures/stepOpen.svg?raw";
import share from "../pictures/stepShare.svg?raw";
import shareTablet from "../pictures/stepShareTablet.svg?raw";
import type { Settings } from "../settings";
import { fill } from "../texts";
import { h, picture, rich } from "./element";
import type { Visit } from "./visit";

/** Three taps, drawn. */
export function addToHomeScreen({ name }: Settings, tablet: boolean, { texts }: Visit): HTMLElement[] {
  const words = texts.addToHomeScreen;
  const steps: [drawing: string, sentence: string][] = [
    tablet ? [shareTablet, words.shareTablet] : [share, words.share],
    [add, words.add],
    [open, words.open],
  ];
  return [
    h("h1", { tabindex: "-1" }, fill(words.title, { name })),
    h("p", { class: "lead" }, words.lead),
    h(
      "ol",
      { class: "steps" },
      ...steps.map(([drawing, sentence]) =>
        h("li", {}, picture(drawing, "step-picture"), h("p", {}, rich(sentence, { name }))),
      ),
    ),
  ];
}
