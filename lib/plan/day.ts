/**
 * The day, `2026-11-25` in UTC, on which acknowledgements are looked at. SOURCE_DATE_EPOCH, the variable by which
 * builds are made reproducible, sets it: the same sources then give the same verdict on any day.
 */
export function today(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const epoch = env.SOURCE_DATE_EPOCH;
  const day = epoch !== undefined && /^\d{1,11}$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
  return day.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar, `2027-03-31`. */
export function isDay(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
