import { registerEnumType } from "type-graphql";

export enum CommerceLayerCustomerStatus {
  PROSPECT = "PROSPECT",
  ACQUIRED = "ACQUIRED",
  REPEAT = "REPEAT",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(CommerceLayerCustomerStatus, {
  name: "CommerceLayerCustomerStatus",
  description: "How far a customer has come, as Commerce Layer counts orders.",
  valuesConfig: {
    PROSPECT: { description: "No order yet." },
    ACQUIRED: { description: "One order." },
    REPEAT: { description: "Two orders or more." },
    UNKNOWN: { description: "A word that this server does not know." },
  },
});

export enum CommerceLayerAnonymizationStatus {
  REQUESTED = "REQUESTED",
  STARTED = "STARTED",
  COMPLETED = "COMPLETED",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(CommerceLayerAnonymizationStatus, {
  name: "CommerceLayerAnonymizationStatus",
  description: "How far the removal of a customer's personal data has come.",
  valuesConfig: {
    REQUESTED: { description: "Asked for, not begun." },
    STARTED: { description: "Under way." },
    COMPLETED: { description: "Done." },
    FAILED: { description: "Ended without success." },
    CANCELLED: { description: "Called off." },
    UNKNOWN: { description: "A word that this server does not know." },
  },
});
