import { type PageProps, useService } from "../../app/scope";
import { useData } from "../../app/useData";
import { Loaded } from "../../parts/Loaded";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { GeneralCard } from "./GeneralCard";
import { IdentityCard } from "./IdentityCard";
import { SettingsTabs } from "./SettingsTabs";
import { SwitchesCard } from "./SwitchesCard";

export default function ServicePage({ params }: PageProps) {
  const scope = useService(params);
  const service = useData(scope.paths.root);
  return (
    <Page title="Settings" lead={service.data?.name}>
      <SettingsTabs scope={scope} here="settings" />
      <Loaded of={service} lines={8}>
        {data => (
          <>
            {!scope.may("admin") && <Notice tone="info">Your role may look here, and change nothing.</Notice>}
            <GeneralCard scope={scope} service={data} />
            <IdentityCard scope={scope} service={data} />
            <SwitchesCard scope={scope} service={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
