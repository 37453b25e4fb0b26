import { Button } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Failed } from "../parts/Notice";
import { Toasts } from "../parts/Toasts";
import { match, usePlace } from "./router";
import { SignInAgain } from "./SignInAgain";
import { useSessionState } from "./session";
import { Shell } from "./shell/Shell";
import s from "./App.module.css";

const SignInPage = lazy(() => import("../pages/entrance/SignInPage"));
const LinkPage = lazy(() => import("../pages/entrance/LinkPage"));

/** Who has signed in sees the dashboard, everybody else its entrance; a link out of an email comes before both. */
export function App() {
  const { session, isLoading, problem, reload } = useSessionState();
  const { path } = usePlace();
  const link = match("/link/:token", path);

  if (isLoading) return <div className={s.waiting} role="status" aria-label="Loading" />;
  if (problem && !session) {
    return (
      <div className={s.problem}>
        <Failed
          error={problem}
          action={
            <Button size="xs" variant="default" onClick={() => void reload()}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  return (
    <>
      <Suspense fallback={<div className={s.waiting} role="status" aria-label="Loading" />}>
        {link ? <LinkPage token={link.token!} /> : session ? <Shell /> : <SignInPage />}
      </Suspense>
      <SignInAgain />
      <Toasts />
    </>
  );
}
