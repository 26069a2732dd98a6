package io.kagimori.activation.domain;

import java.util.Optional;
import java.util.function.Function;

/**
 * What is known when a verdict of key-service is to be decided on.
 *
 * @param device the device
 * @param hosts finds a KMS host by its name
 * @param contacts the clients of KMS hosts; takes the request's contact
 * @param cmids the devices behind client machine IDs; takes the request's device
 * @param confirmationId a stored confirmation ID of the same device and installation ID
 */
public record Situation(
    Device device,
    Function<String, Optional<KmsHost>> hosts,
    KmsContacts contacts,
    CmidDevices cmids,
    Optional<String> confirmationId) {}
