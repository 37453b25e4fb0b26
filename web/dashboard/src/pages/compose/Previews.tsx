import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ServiceScope } from "../../app/scope";
import { useData } from "../../app/useData";
import { Card } from "../../parts/Page";
import type { Draft } from "./draft";
import s from "./Previews.module.css";

const PLATFORMS = [
  { value: "android", label: "Android" },
  { value: "windows", label: "Windows" },
  { value: "macos", label: "macOS" },
  { value: "ios", label: "iOS" },
];

/** What each system shows of the finer things. */
const SHOWS: Record<string, { image: boolean; actions: number; lines: string }> = {
  android: { image: true, actions: 2, lines: "Shows the large image, two buttons, and the badge in the status bar." },
  windows: { image: true, actions: 2, lines: "Shows the large image and two buttons." },
  macos: { image: false, actions: 2, lines: "Chrome shows the buttons under Options; Safari shows none." },
  ios: { image: false, actions: 0, lines: "For apps on the Home Screen. Shows the app’s own icon, no buttons." },
};

/** Roughly how it will look; pictures of other hosts are not fetched for that. */
export function Previews({ draft, scope }: { draft: Draft; scope: ServiceScope }) {
  const [platform, setPlatform] = useState("android");
  const { data: service } = useData(scope.paths.root);
  const shows = SHOWS[platform]!;
  const app = service?.name ?? "";
  const buttons = draft.actions.filter(({ title }) => title.trim()).slice(0, shows.actions);
  return (
    <Card title="Preview">
      <SegmentedControl
        aria-label="System of the preview"
        fullWidth
        size="xs"
        data={PLATFORMS}
        value={platform}
        onChange={setPlatform}
      />
      <div
        className={s.screen}
        data-platform={platform}
        role="img"
        aria-label={`Preview: ${draft.title || "Title"}. ${draft.body || "Text"}`}
      >
        <div className={s.notice} aria-hidden="true">
          <div className={s.head}>
            <span className={s.icon}>{(app || "P").slice(0, 1).toUpperCase()}</span>
            <span className={s.app}>{app}</span>
            <span className={s.time}>now</span>
          </div>
          <div className={s.title}>{draft.title || "Title"}</div>
          <div className={s.body}>{draft.body || "The text of your notification."}</div>
          {shows.image && draft.image.trim() && <div className={s.image}>{draft.image.trim()}</div>}
          {buttons.length > 0 && (
            <div className={s.buttons}>
              {buttons.map(({ title }, at) => (
                <span key={at}>{title}</span>
              ))}
            </div>
          )}
        </div>
      </div>
      <p className="muted small">{shows.lines}</p>
    </Card>
  );
}
