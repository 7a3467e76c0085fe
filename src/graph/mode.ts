import { registerEnumType } from "type-graphql";

export enum ModeEnum {
  TEST = "TEST",
  LIVE = "LIVE",
}

registerEnumType(ModeEnum, {
  name: "Mode",
  description: "The environment that an account or a record belongs to.",
  valuesConfig: {
    TEST: { description: "Test data: nothing that was really bought." },
    LIVE: { description: "Real customers." },
  },
});
