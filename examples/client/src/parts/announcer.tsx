import { createContext, type ReactNode, use, useEffect, useState } from "react";

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** Gives what is below it a voice for screen readers. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState("");
  return (
    <AnnounceContext value={setText}>
      {children}
      <p role="status" className="visually-hidden">
        {text}
      </p>
    </AnnounceContext>
  );
}

/** Has a screen reader say the text politely, and again whenever it changes. */
export function useAnnouncement(text: string): void {
  const announce = use(AnnounceContext);
  useEffect(() => {
    announce(text);
  }, [announce, text]);
}
