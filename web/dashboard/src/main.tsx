import "./app/styles/mantine-parts";
import "./app/styles/index.css";
import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { schemeManager } from "./app/scheme";
import { SessionProvider } from "./app/session";
import { theme } from "./app/theme";
import { readPlace } from "./app/router";
import { fetchFrontPage } from "./app/routes";

fetchFrontPage(readPlace(location.hash).path);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <SessionProvider>
        <App />
      </SessionProvider>
    </MantineProvider>
  </StrictMode>,
);
