import { Button } from "@mantine/core";
import { Empty } from "../../parts/Empty";
import { Page } from "../../parts/Page";
import { href } from "../router";

export function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty
        icon="search"
        title="Nothing is at this address"
        action={
          <Button component="a" href={href("/")}>
            To the overview
          </Button>
        }
      >
        The link may be old, or belong to an organization that this account is no member of.
      </Empty>
    </Page>
  );
}

export function NoOrganization() {
  return (
    <Page title="Welcome">
      <Empty icon="building" title="You belong to no organization yet">
        Ask the owner of yours for an invitation, or the operator of this installation for an organization of your own.
      </Empty>
    </Page>
  );
}
