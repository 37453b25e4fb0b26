import { Stack } from "@mantine/core";
import type { CreditTotals, Overview, QuotaGauge } from "../../api/contract";
import { href } from "../../app/router";
import type { ServiceScope } from "../../app/scope";
import { count } from "../../app/words";
import { Facts } from "../../parts/Facts";
import { fullness, Meter } from "../../parts/Meter";
import { Moment } from "../../parts/Moment";
import { Card } from "../../parts/Page";
import s from "./Overview.module.css";

interface AllowanceProps {
  readonly scope: ServiceScope;
  readonly quota: Overview["quota"];
  readonly credits: CreditTotals;
}

/** How much more may be sent. */
export function Allowance({ scope, quota, credits }: AllowanceProps) {
  return (
    <Card
      title="Allowance"
      actions={
        <a className="small" href={href(`/${scope.organization}/usage`)}>
          Usage and credits
        </a>
      }
    >
      <Stack gap="lg">
        <Gauge name="This hour" gauge={quota.hourly} />
        <Gauge name="Today" gauge={quota.daily} />
        <Facts
          of={[
            ["Credits", credits.available === null ? "Not metered" : count(credits.available)],
            ["Held for deliveries", credits.available === null || credits.held === 0 ? null : count(credits.held)],
          ]}
        />
      </Stack>
    </Card>
  );
}

export function Gauge({ name, gauge: { limit, used, resets_at } }: { name: string; gauge: QuotaGauge }) {
  return (
    <div>
      <div className={s.gaugeHead}>
        <span>{name}</span>
        <span className="figures">
          {count(used)} <span className="muted">of {limit === null ? "any number" : count(limit)}</span>
        </span>
      </div>
      {limit !== null && (
        <>
          <Meter
            label={`${name}: ${count(used)} of ${count(limit)}`}
            share={limit === 0 ? 1 : used / limit}
            tone={fullness(used, limit)}
          />
          <p className={s.gaugeNote}>
            Begins anew <Moment at={resets_at} />
          </p>
        </>
      )}
    </div>
  );
}
