import { fail, ok, type Result } from '../../protocol/errors.ts';
import {
  DIRECT_GROUPS_PER_HOUR,
  GROUPS_PER_HOUR,
  INVITES_PER_HOUR,
  PEOPLE_ADDED_PER_HOUR,
  PROFILE_CHANGES_PER_HOUR,
} from '../../protocol/limits.ts';
import type { Group } from '../../protocol/models.ts';
import type { Env } from '../env.ts';
import { waitInWords } from '../wait-in-words.ts';
import type { AllowanceStore, Spending } from './rows/allowance-store.ts';

/** The vars that override the limits. */
type Limits = Pick<
  Env,
  | 'LIMIT_PEOPLE_ADDED_PER_HOUR'
  | 'LIMIT_INVITES_PER_HOUR'
  | 'LIMIT_GROUPS_PER_HOUR'
  | 'LIMIT_DIRECT_GROUPS_PER_HOUR'
  | 'LIMIT_PROFILE_CHANGES_PER_HOUR'
>;

/** What a user spends of an allowance, and the sentence that refuses it, without how long to wait. */
interface Expense extends Spending {
  detail: string;
}

/** How often a user may do in an hour what others notice. Each method counts it; above the limit it is `rate_limited`, and not counted. */
export class Allowances {
  readonly #store: AllowanceStore;
  readonly #limits: Limits;

  constructor(store: AllowanceStore, limits: Limits) {
    this.#store = store;
    this.#limits = limits;
  }

  addPeople(people: number): Result<null> {
    return this.#spend(this.#peopleAdded(people));
  }

  makeInvite(): Result<null> {
    const most = Number(this.#limits.LIMIT_INVITES_PER_HOUR ?? INVITES_PER_HOUR);
    const detail = `You can make at most ${most} invitations an hour. Use one that you have made.`;
    return this.#spend({ what: 'invites_made', amount: 1, most, detail });
  }

  /** Counts the people who are added to the new group, too. */
  createGroup(kind: Group['kind'], people: number): Result<null> {
    const { LIMIT_GROUPS_PER_HOUR, LIMIT_DIRECT_GROUPS_PER_HOUR } = this.#limits;
    if (kind === 'direct') {
      const most = Number(LIMIT_DIRECT_GROUPS_PER_HOUR ?? DIRECT_GROUPS_PER_HOUR);
      const detail = `You can start at most ${most} conversations an hour.`;
      return this.#spend({ what: 'direct_groups_created', amount: 1, most, detail });
    }
    const most = Number(LIMIT_GROUPS_PER_HOUR ?? GROUPS_PER_HOUR);
    const detail = `You can create at most ${most} groups an hour.`;
    const group = { what: 'groups_created', amount: 1, most, detail } as const;
    return this.#spend(group, ...(people > 0 ? [this.#peopleAdded(people)] : []));
  }

  changeProfile(): Result<null> {
    const most = Number(this.#limits.LIMIT_PROFILE_CHANGES_PER_HOUR ?? PROFILE_CHANGES_PER_HOUR);
    const detail = `You can change your profile at most ${most} times an hour.`;
    return this.#spend({ what: 'profile_changes', amount: 1, most, detail });
  }

  #peopleAdded(people: number): Expense {
    const most = Number(this.#limits.LIMIT_PEOPLE_ADDED_PER_HOUR ?? PEOPLE_ADDED_PER_HOUR);
    const detail = `You can add at most ${most} people an hour to groups.`;
    return { what: 'people_added', amount: people, most, detail };
  }

  /** Spends all of it or, if one is too much, nothing. */
  #spend(...expenses: Expense[]): Result<null> {
    for (const expense of expenses) {
      const retryAfterMs = this.#store.waitFor(expense);
      if (retryAfterMs === 0) continue;
      const detail = `${expense.detail} Try again in ${waitInWords(retryAfterMs)}.`;
      return fail('rate_limited', detail, { retryAfterMs });
    }
    for (const expense of expenses) this.#store.spend(expense);
    return ok(null);
  }
}
