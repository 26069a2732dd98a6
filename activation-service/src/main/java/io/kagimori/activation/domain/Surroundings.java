package io.kagimori.activation.domain;

import io.kagimori.contracts.event.KeyState;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a rule may look up beside the device it decides on.
 *
 * @param hosts finds a KMS host by its name
 * @param keys finds the newest published state of a key by its id
 */
public record Surroundings(
    Function<String, Optional<KmsHost>> hosts, Function<String, Optional<KeyState>> keys) {}
