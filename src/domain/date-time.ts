const months = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/i;
const rfc2822 =
  /^(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (UTC|GMT|[+-]\d{4})$/;

/**
 * Reads a date as any of the platforms writes it and gives RFC 3339 in UTC
 * with milliseconds (`2018-01-01T12:00:00.000Z`).
 *
 * Known forms: ISO 8601 with zone; the same with a space and without a zone
 * (taken as UTC); the same with a zone after a space, as in
 * `2024-06-04 21:15:10 +0000`; a bare date (midnight UTC); RFC 2822. The
 * calendar is checked: the 30th of February is unreadable.
 *
 * @returns `null` when the text has none of these forms.
 */
export function toDateTime(text: string): string | null {
  const date = iso.exec(text);
  if (date) {
    return write(
      date[1],
      date[2],
      date[3],
      date[4] ?? "00",
      date[5] ?? "00",
      date[6] ?? "00",
      (date[7] ?? "").padEnd(3, "0").slice(0, 3),
      date[8] ?? "Z",
    );
  }
  const mail = rfc2822.exec(text);
  if (mail) {
    const month = months.indexOf(capitalised(mail[2])) + 1;
    return write(
      mail[3],
      String(month).padStart(2, "0"),
      mail[1]?.padStart(2, "0"),
      mail[4],
      mail[5],
      mail[6],
      "000",
      mail[7],
    );
  }
  return null;
}

function capitalised(text = ""): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}

function write(
  year = "",
  month = "",
  day = "",
  hour = "",
  minute = "",
  second = "",
  millisecond = "",
  zone = "",
): string | null {
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`;
  const time = Date.parse(local);
  if (Number.isNaN(time) || new Date(time).toISOString() !== local) return null;
  const offset = minutesOf(zone);
  if (offset === null) return null;
  if (offset === 0) return local;
  const utc = new Date(time - offset * 60_000).toISOString();
  // Moved out of the years 0000 to 9999, it is no RFC 3339 any more.
  return utc.length === local.length ? utc : null;
}

function minutesOf(zone: string): number | null {
  if (/^(Z|UTC|GMT)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return null;
  const [hours, minutes] = [Number(match[2]), Number(match[3])];
  if (hours > 23 || minutes > 59) return null;
  return (match[1] === "-" ? -1 : 1) * (hours * 60 + minutes);
}
