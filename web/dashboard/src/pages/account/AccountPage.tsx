import { useSession } from "../../app/session";
import { Columns, Page } from "../../parts/Page";
import { PasswordCard } from "./PasswordCard";
import { SessionsCard } from "./SessionsCard";
import { TwoStepCard } from "./TwoStepCard";

export default function AccountPage() {
  const { account } = useSession();
  return (
    <Page title="Account and security" lead={account.email}>
      <Columns>
        <PasswordCard email={account.email} />
        <TwoStepCard isOn={account.has_totp} />
      </Columns>
      <SessionsCard />
    </Page>
  );
}
