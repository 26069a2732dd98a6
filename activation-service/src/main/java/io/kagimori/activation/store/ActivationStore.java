package io.kagimori.activation.store;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.CmidDevices;
import io.kagimori.activation.domain.Incidents;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Activations, devices and KMS hosts in PostgreSQL, read and written a batch at a time inside the
 * batch step's transaction. Every channel locks in one order, activations before devices before
 * hosts and each sorted by its key, so that no two wait for each other in a circle.
 */
@ApplicationScoped
public class ActivationStore {
  private final KmsRules rules = Catalogue.get().kmsRules();
  private final Incidents.Limits limits;

  ActivationStore(
      @ConfigProperty(name = "kagimori.incidents.devices") int incidentDevices,
      @ConfigProperty(name = "kagimori.incidents.window") Duration incidentWindow,
      @ConfigProperty(name = "kagimori.incidents.quiet") Duration incidentQuiet) {
    limits = new Incidents.Limits(incidentDevices, incidentWindow, incidentQuiet);
  }

  /** A batch with nothing in it yet. */
  public ActivationBatch batch() {
    return new ActivationBatch(rules, limits);
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

  /** Reads KMS hosts without locking them; they must not be changed. */
  public void readHosts(Connection connection, Set<String> hosts, ActivationBatch batch)
      throws SQLException {
    KmsRows.readHosts(connection, hosts, batch);
  }

  /** Reads activations without locking them; they must not be changed. */
  public void readActivations(Connection connection, Set<UUID> ids, ActivationBatch batch)
      throws SQLException {
    LookUps.activations(connection, ids, batch);
  }

  /** Reads the newest published state of keys. */
  public void readKeys(Connection connection, Set<String> ids, ActivationBatch batch)
      throws SQLException {
    LookUps.keys(connection, ids, batch);
  }

  /**
   * Reads and locks what is watched of kinds of failure, and the devices among their open
   * incidents. No kinds cost nothing.
   */
  public void lockIncidents(
      Connection connection, Set<String> kinds, Set<String> devices, ActivationBatch batch)
      throws SQLException {
    IncidentRows.lock(connection, kinds, devices, batch.incidents());
  }

  /** Reads and locks what is watched and due to be looked at; tells how much that is. */
  public int lockDueIncidents(
      Connection connection, Instant until, int limit, ActivationBatch batch) throws SQLException {
    return IncidentRows.lockDue(connection, until, limit, batch.incidents());
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
    ActivationRows.save(connection, batch);
    DeviceRows.save(connection, batch);
    DeviceFacetRows.save(connection, batch.changedFacets());
    DeviceRows.saveHistory(connection, batch.history());
    ActivationRows.saveConfirmations(connection, batch.newConfirmations());
    KmsRows.saveHosts(connection, batch.changedHosts());
    KmsRows.saveContacts(connection, batch.contacts().changed());
    KmsRows.saveCmidDevices(connection, batch.cmids().changed());
    IncidentRows.save(connection, batch.incidents());
    UnknownCodeRows.save(connection, batch.unknownCodes().all());
  }
}
