import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

/** What takes less than this is not worth a word before its result. */
const patienceMs = 400;
/** How long a message stays: a screen reader has taken it up by then. */
const stayMs = 7_000;

interface Message {
  readonly id: number;
  readonly text: string;
}

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/**
 * Gives what is below it a voice for screen readers. Each message is an element
 * of its own, so that those of several parts of a view stand side by side.
 */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const lastId = useRef(0);
  const announce = useCallback((text: string) => {
    lastId.current += 1;
    const message = { id: lastId.current, text };
    setMessages((others) => [...others, message]);
    setTimeout(() => {
      setMessages((others) => others.filter((other) => other !== message));
    }, stayMs);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      {/* Not atomic: only what is new is said. */}
      <div role="status" aria-atomic="false" className="visually-hidden">
        {messages.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
    </AnnounceContext>
  );
}

/**
 * Has a screen reader say the text politely, and again whenever it changes.
 *
 * @param text nothing is said when it is empty.
 * @param isInterim whether it tells of something that is going on: said when
 *   that takes a while.
 */
export function useAnnouncement(text: string, isInterim = false): void {
  const announce = use(AnnounceContext);
  const last = useRef("");
  useEffect(() => {
    if (text === last.current) return;
    const say = () => {
      last.current = text;
      if (text !== "") announce(text);
    };
    if (!isInterim) {
      say();
      return;
    }
    const timer = setTimeout(say, patienceMs);
    return () => {
      clearTimeout(timer);
    };
  }, [announce, text, isInterim]);
}

interface AnnouncementProps {
  readonly text: string;
  readonly isInterim: boolean;
}

/** The same as a component: it speaks before what stands behind it. */
export function Announcement({ text, isInterim }: AnnouncementProps) {
  useAnnouncement(text, isInterim);
  return null;
}
