import { useEffect, useState } from "react";
import s from "./QrCode.module.css";

/** Drawn here, from a piece of code that comes only when one is to be seen; nothing is asked of anybody. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawing, setDrawing] = useState<{ size: number; path: string }>();
  useEffect(() => {
    let isWanted = true;
    void import("qrcode-generator").then(({ default: qrcode }) => {
      const code = qrcode(0, "M");
      code.addData(text);
      code.make();
      if (isWanted) setDrawing(draw(code));
    });
    return () => void (isWanted = false);
  }, [text]);

  const size = (drawing?.size ?? 25) + 8; // Four modules of margin on each side (ISO/IEC 18004 §6.3.8).
  return (
    <svg className={s.code} viewBox={`-4 -4 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect x={-4} y={-4} width={size} height={size} fill="#ffffff" />
      {drawing && <path d={drawing.path} fill="#10141c" />}
    </svg>
  );
}

function draw(code: { getModuleCount(): number; isDark(row: number, column: number): boolean }) {
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { size, path };
}
