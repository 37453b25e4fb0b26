import { createTheme, Drawer, Menu, Modal, Tooltip } from "@mantine/core";

/** Colours stand in styles/: under the page's policy Mantine can write none of its own. */
export const theme = createTheme({
  defaultRadius: "md",
  respectReducedMotion: true,
  components: {
    // Their scroll lock writes a style into the page; styles/mantine.css does it instead.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, radius: "lg", closeButtonProps: { "aria-label": "Close" } },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, closeButtonProps: { "aria-label": "Close" } } }),
    Menu: Menu.extend({ defaultProps: { shadow: "md", position: "bottom-start" } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } }),
  },
});
