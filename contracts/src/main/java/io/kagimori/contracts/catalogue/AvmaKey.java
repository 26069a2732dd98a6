package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.ProductKey;

/**
 * A row of avma_keys.csv: a published key with which a guest takes its activation from its host.
 *
 * @param guestProduct product of the guest, as written
 * @param guestEdition edition of the guest, as written
 * @param key the published key
 * @param hostRequirement what the host must be
 * @param source where the row was read
 */
public record AvmaKey(
    String guestProduct,
    String guestEdition,
    ProductKey key,
    String hostRequirement,
    String source) {}
