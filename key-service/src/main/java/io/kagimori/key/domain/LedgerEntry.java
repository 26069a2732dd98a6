package io.kagimori.key.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * Seats that moved from one account to another.
 *
 * @param keyId the key
 * @param eventId the event that caused it
 * @param from account debited
 * @param to account credited
 * @param seats how many; positive
 * @param at record time of the event
 */
public record LedgerEntry(
    String keyId, UUID eventId, Account from, Account to, long seats, Instant at) {}
