import { Button, SegmentedControl } from "@mantine/core";
import type { Overview } from "../../api/contract";
import type { Range } from "../../api/paths";
import { go } from "../../app/router";
import { type PageProps, type ServiceScope, useService } from "../../app/scope";
import { useData } from "../../app/useData";
import { count, counted, shareOf } from "../../app/words";
import { Empty } from "../../parts/Empty";
import { Figure, Figures } from "../../parts/Facts";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Card, Columns, Page } from "../../parts/Page";
import { Alarms } from "./Alarms";
import { Allowance } from "./Allowance";
import { Recent } from "./Recent";
import { TimeChart } from "./TimeChart";

const RANGES: { value: Range; label: string }[] = [
  { value: "day", label: "Day" },
  { value: "week", label: "Week" },
  { value: "month", label: "Month" },
];

const EVERY_MS = 30_000;

/** How the service does. */
export default function OverviewPage({ params, query }: PageProps) {
  const scope = useService(params);
  const range = RANGES.find(({ value }) => value === query.get("range"))?.value ?? "week";
  const overview = useData(scope.paths.overview(range), EVERY_MS);
  return (
    <Page
      title="Overview"
      actions={
        <>
          <SegmentedControl
            aria-label="Range"
            data={RANGES}
            value={range}
            onChange={value => go(scope.to("overview", { range: value }), { replace: true })}
          />
          {scope.may("sender") && (
            <Button component="a" href={scope.to("compose")} leftSection={<Icon name="send" size={16} />}>
              Compose
            </Button>
          )}
        </>
      }
    >
      <Loaded of={overview} lines={8}>
        {data => <Body scope={scope} data={data} range={range} />}
      </Loaded>
    </Page>
  );
}

function Body({ scope, data, range }: { scope: ServiceScope; data: Overview; range: Range }) {
  const { totals, clients } = data;
  const isNew = totals.requests === 0 && clients.active === 0;
  return (
    <>
      {data.open_alarms > 0 && <Alarms organization={scope.organization} />}
      <Figures>
        <Figure
          name="Active clients"
          value={count(clients.active)}
          note={`${count(clients.new_in_range)} new, ${count(clients.ended_in_range)} ended`}
        />
        <Figure
          name="Accepted"
          tone="accepted"
          value={count(totals.accepted)}
          note={shareOf(totals.accepted, totals.targets, `of ${counted(totals.targets, "delivery", "deliveries")}`)}
        />
        <Figure
          name="Failed"
          tone="failed"
          value={count(totals.failed)}
          note={[
            shareOf(totals.failed, totals.targets),
            totals.cancelled > 0 && `${count(totals.cancelled)} cancelled besides`,
          ]
            .filter(Boolean)
            .join(", ")}
        />
        <Figure
          name="Shown"
          tone="shown"
          value={count(totals.shown)}
          note={shareOf(totals.shown, totals.accepted, "of accepted")}
        />
        <Figure
          name="Clicked"
          tone="clicked"
          value={count(totals.clicked)}
          note={shareOf(totals.clicked, totals.shown, "of shown")}
        />
      </Figures>
      {isNew ? (
        <Card>
          <Empty
            icon="bell"
            title="Nobody is subscribed yet"
            action={
              <>
                <Button component="a" href={scope.to("start")}>
                  Send a test to this browser
                </Button>
                <Button component="a" href={scope.to("start")} variant="default">
                  Add it to your site
                </Button>
              </>
            }
          >
            Subscribe this browser or your phone to see a notification arrive, then add a few lines to your site.
          </Empty>
        </Card>
      ) : totals.targets === 0 ? (
        <Card>
          <Empty icon="chart" title={`Nothing was sent in the last ${range}`}>
            What is sent and what becomes of it is drawn here.
          </Empty>
        </Card>
      ) : (
        <TimeChart data={data} range={range} />
      )}
      <Columns wide="first">
        <Recent scope={scope} />
        <Allowance scope={scope} quota={data.quota} credits={data.credits} />
      </Columns>
    </>
  );
}
