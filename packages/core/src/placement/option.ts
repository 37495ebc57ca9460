import type { Candidate } from "../law/placement.ts";
import { permits } from "../law/verdict.ts";
import type { Site } from "../place.ts";
import type { Needs, Offers, Unmet } from "./needs.ts";

/** What makes one place better than another that is as lawful. */
export const WISHES = ["price"] as const;
export type Wish = (typeof WISHES)[number];

/** A place that a workload could run in: what the law says, and which of the workload's needs it leaves unmet. */
export interface Option extends Candidate {
  readonly unmet: readonly Unmet[];
}

/** The law permits it and every need is met. */
export const isFit = ({ outcome, unmet }: Option): boolean => permits(outcome) && unmet.length === 0;

/** The choice for one workload. `place` is absent when no candidate is fit, or the pinned one is not. */
export interface Placement {
  readonly workload: string;
  readonly place?: string;
  /** The user's own choice, which is taken or refused, never changed. */
  readonly pinned?: string;
  /** The fit ones first, the best one first; then the others. */
  readonly candidates: readonly Option[];
}

export interface Placeable {
  readonly name: string;
  readonly datasets: readonly string[];
  /** The only places to choose from, the preferred one first. Absent: all, and none is preferred. */
  readonly places?: readonly string[] | undefined;
  readonly needs?: Needs | undefined;
  /** The more important one first. */
  readonly wishes?: readonly Wish[] | undefined;
  readonly pin?: string | undefined;
  readonly critical?: boolean | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** A place to choose, with what it offers. */
export interface PlaceOffer extends Site {
  readonly offers?: Offers | undefined;
}
