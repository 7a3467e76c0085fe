import type { Asked, RequestCosts } from "../../platforms/platform";
import type { OperationStore } from "../operation-context";
import { type SelectionSets, orMake } from "./selected-fields";

/** A store with what its reads cost. */
export interface CostedStore {
  readonly key: string;
  readonly own: OperationStore;
  readonly costs: RequestCosts;
  /** The object types of its groups and customers. */
  readonly groupType: string;
  readonly customerType: string;
  /** The object types of all its entities. */
  readonly entityTypes: ReadonlySet<string>;
}

/** Rows of one object type that the operation asks something of. */
export interface Rows {
  readonly typename: string;
  readonly sets: SelectionSets;
  /** How many, at the most. */
  readonly count: number;
  /** Of customers, when it is known: how many groups they are in. */
  readonly groups?: {
    readonly count: number;
    /** Whether those were read before their members. */
    readonly areRead: boolean;
  };
  /**
   * Of customers: where others with their addresses have been looked for,
   * everywhere or everywhere but in one store.
   */
  readonly searched?: "everywhere" | { readonly butIn: string };
}

/** Entities of one kind that are asked for in the same turns, by their ids. */
export interface Load {
  /** The first field that asks for them. */
  readonly field: string;
  count: number;
  readonly rows: Rows[];
}

/** What comes to one store's rows in the same turns of the event loop. */
export interface Arrival {
  readonly store: CostedStore;
  /** In how many turns at the most. */
  readonly turns: number;
  /** Grows while it is walked, by rows that come along. */
  readonly rows: Rows[];
  /** By kind; grows while it is walked. */
  readonly loads: Map<string, Load>;
}

export function createArrival(
  store: CostedStore,
  turns: number,
  rows: Rows[],
): Arrival {
  return { store, turns, rows, loads: new Map() };
}

/** Asks for entities by their ids, together with others of their kind. */
export function addLoad(
  { loads }: Arrival,
  kind: string,
  rows: Rows,
  field: string,
): Load {
  const load = orMake(loads, kind, () => ({ field, count: 0, rows: [] }));
  load.count += rows.count;
  load.rows.push(rows);
  return load;
}

/** As rows of an arrival ask for something. */
export function askedBy({ turns }: Arrival, { count }: Rows): Asked {
  return { rows: count, turns: Math.min(turns, count) };
}

/** What an operation asks for by itself: all of it in one turn. */
export class Start {
  readonly #arrivals = new Map<CostedStore, Arrival>();
  readonly #ids = new Map<Load, Set<string>>();

  at(store: CostedStore): Arrival {
    return orMake(this.#arrivals, store, () => createArrival(store, 1, []));
  }

  /** @param ids of the rows; one that several fields ask for is read once. */
  load(
    arrival: Arrival,
    kind: string,
    rows: Rows,
    { ids, field }: { ids: ReadonlySet<string>; field: string },
  ): void {
    const load = addLoad(arrival, kind, rows, field);
    const known = orMake(this.#ids, load, () => new Set<string>());
    for (const id of ids) known.add(id);
    load.count = known.size;
  }

  arrivals(): Iterable<Arrival> {
    return this.#arrivals.values();
  }
}
