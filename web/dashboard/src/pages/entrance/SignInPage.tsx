import { useSessionState } from "../../app/session";
import { Entrance } from "./Entrance";
import { SignInForm } from "./SignInForm";

export default function SignInPage() {
  const { enter } = useSessionState();
  return (
    <Entrance title="Sign in">
      <SignInForm onEntered={enter} />
    </Entrance>
  );
}
