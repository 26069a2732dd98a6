package io.kagimori.activation.store;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.CmidDevices;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Activations, devices and KMS hosts in PostgreSQL, read and written a batch at a time inside the
 * batch step's transaction. Every channel locks in one order, activations before devices before
 * hosts and each sorted by its key, so that no two wait for each other in a circle.
 */
@ApplicationScoped
public class ActivationStore {
  private final KmsRules rules = Catalogue.get().kmsRules();

  /** A batch with nothing in it yet. */
  public ActivationBatch batch() {
    return new ActivationBatch(rules);
  }

  /** Reads and locks activations. */
  public void lockActivations(Connection connection, Collection<UUID> ids, ActivationBatch batch)
      throws SQLException {
    ActivationRows.lock(connection, ids, batch);
  }

  /** Reads and locks the activations that are due, the longest overdue first. */
  public void lockDue(Connection connection, Instant until, int limit, ActivationBatch batch)
      throws SQLException {
    ActivationRows.lockDue(connection, until, limit, batch);
  }

  /** Reads and locks devices. */
  public void lockDevices(Connection connection, Collection<String> ids, ActivationBatch batch)
      throws SQLException {
    DeviceRows.lock(connection, ids, batch);
  }

  /** Reads the confirmation IDs of installations. */
  public void loadConfirmations(
      Connection connection,
      Collection<ActivationBatch.Installation> installations,
      ActivationBatch batch)
      throws SQLException {
    ActivationRows.loadConfirmations(connection, installations, batch);
  }

  /** Reads and locks KMS hosts. */
  public void lockHosts(
      Connection connection, Set<String> hosts, Instant now, ActivationBatch batch)
      throws SQLException {
    KmsRows.lockHosts(connection, hosts, now, batch);
  }

  /**
   * Reads what the counts of KMS hosts need.
   *
   * @param hosts the hosts asked, locked already
   * @param uses client machine IDs with the devices that ask
   * @param from earliest record time of the batch
   */
  public void loadKmsClients(
      Connection connection,
      Set<String> hosts,
      Set<CmidDevices.Use> uses,
      Instant from,
      ActivationBatch batch)
      throws SQLException {
    if (hosts.isEmpty()) {
      return;
    }
    Instant since = from.minus(rules.countRetention());
    int required = rules.requiredCount(PlatformKind.CLIENT);
    KmsRows.loadContacts(connection, hosts, since, rules.countCacheFactor() * required, batch);
    if (hosts.stream().anyMatch(host -> batch.contacts().count(host, from) < required)) {
      KmsRows.loadContactsOfOthers(connection, hosts, since, required, batch);
    }
    KmsRows.loadCmidDevices(connection, uses, since, batch);
  }

  /** Writes everything the batch changed. */
  public void save(Connection connection, ActivationBatch batch) throws SQLException {
    ActivationRows.save(connection, batch.changedActivations());
    DeviceRows.save(connection, batch);
    DeviceRows.saveHistory(connection, batch.history());
    ActivationRows.saveConfirmations(connection, batch.newConfirmations());
    KmsRows.saveHosts(connection, batch.changedHosts());
    KmsRows.saveContacts(connection, batch.contacts().changed());
    KmsRows.saveCmidDevices(connection, batch.cmids().changed());
  }
}
