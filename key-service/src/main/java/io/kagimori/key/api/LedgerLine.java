package io.kagimori.key.api;

import io.kagimori.key.domain.Account;
import io.kagimori.key.store.LedgerEntryEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * An entry of a key's ledger.
 *
 * @param entryId its number
 * @param eventId the event that caused it
 * @param from account debited
 * @param to account credited
 * @param seats how many seats
 * @param at when
 */
public record LedgerLine(
    long entryId, UUID eventId, Account from, Account to, long seats, Instant at) {

  static LedgerLine of(LedgerEntryEntity entry) {
    return new LedgerLine(
        entry.entryId, entry.eventId, entry.from, entry.to, entry.seats, entry.at);
  }
}
