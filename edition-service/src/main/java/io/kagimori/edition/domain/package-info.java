/**
 * Records and pure rules about editions, upgrades, evaluation conversion and re-imaging decisions.
 *
 * <p>No framework, no Kafka, no database: what is decided here depends on its arguments alone.
 */
package io.kagimori.edition.domain;
