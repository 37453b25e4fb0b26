import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Overview } from "../../api/contract";
import type { Range } from "../../api/paths";
import { Card } from "../../parts/Page";

/** Charts come in a piece of their own, after everything else is there. */
const Chart = lazy(() => import("../../parts/chart/Chart"));

export function TimeChart({ data, range }: { data: Overview; range: Range }) {
  return (
    <Card
      title="Deliveries over time"
      lead={`By the start of their notification, per ${{ day: "hour", week: "six hours", month: "day" }[range]}.`}
    >
      <Suspense fallback={<Skeleton height={280} />}>
        <Chart buckets={data.buckets} range={range} />
      </Suspense>
    </Card>
  );
}
