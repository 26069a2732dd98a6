package io.kagimori.agent.simulation;

import java.net.URI;

/**
 * Where the stack is.
 *
 * @param kafka bootstrap servers
 * @param keyService address of key-service
 * @param activationService address of activation-service
 */
public record Endpoints(String kafka, URI keyService, URI activationService) {}
