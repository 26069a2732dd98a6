/**
 * Records and pure rules about Extended Security Updates: programs, entitlements, coverage and
 * update diagnosis.
 *
 * <p>No framework, no Kafka, no database: what is decided here depends on its arguments alone.
 */
package io.kagimori.esu.domain;
