package io.kagimori.edition.store;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.EditionCampaignControlled;
import io.kagimori.contracts.event.EditionCampaignRequested;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import io.kagimori.edition.domain.Campaign;
import io.kagimori.edition.domain.DeviceChange;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.domain.RequestIds;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Devices, changes and what decisions rest on in PostgreSQL, a batch at a time inside the batch
 * step's transaction. Every channel locks in one order, devices before changes before images before
 * campaigns and each sorted by its key, so that no two wait for each other in a circle.
 */
@ApplicationScoped
public class EditionStore {

  /** Reads and locks what requests need. */
  public EditionBatch forRequests(Connection connection, Collection<? extends Event> asked)
      throws SQLException {
    EditionBatch batch = new EditionBatch();
    read(connection, asked, true, batch);
    return batch;
  }

  /**
   * Reads into a batch what requests of a preflight need and it does not know yet. Locks nothing.
   */
  public void forPreflight(
      Connection connection, Collection<? extends Event> asked, EditionBatch batch)
      throws SQLException {
    read(connection, asked, false, batch);
  }

  private static void read(
      Connection connection, Collection<? extends Event> asked, boolean lock, EditionBatch batch)
      throws SQLException {
    Wanted wanted = new Wanted();
    asked.forEach(wanted::add);
    wanted.devices.removeIf(batch::knows);
    if (lock) {
      DeviceRows.lock(connection, wanted.devices, true, batch);
    } else if (!wanted.devices.isEmpty()) {
      DeviceRows.load(connection, wanted.devices, batch);
    }
    ChangeRows.load(connection, changesOf(wanted.devices, batch), lock, batch);
    FactRows.loadImages(connection, wanted.newImages, lock, batch);
    FactRows.loadImages(connection, wanted.images, false, batch);
    FactRows.loadAgreements(connection, wanted.agreements, batch);
    FactRows.loadOverrides(connection, wanted.reimaged, wanted.images, batch);
    FactRows.loadCampaigns(connection, wanted.campaigns, false, batch);
    FactRows.loadCampaigns(connection, wanted.changedCampaigns, lock, batch);
    ChangeRows.count(connection, wanted.changedCampaigns, batch);
    wanted.images.stream()
        .flatMap(id -> batch.image(id).stream())
        .forEach(
            image -> {
              wanted.products.add(image.request().product());
              wanted.key(image.request().keyId());
            });
    if (!wanted.products.isEmpty() || !wanted.keys.isEmpty() || !wanted.partials.isEmpty()) {
      FactRows.loadKeys(connection, wanted.keys, wanted.partials, wanted.products, batch);
    }
  }

  /** The names that requests mention. */
  private static final class Wanted {
    final Set<String> devices = new TreeSet<>();
    final Set<String> reimaged = new TreeSet<>();
    final Set<String> images = new TreeSet<>();
    final Set<String> newImages = new TreeSet<>();
    final Set<String> agreements = new TreeSet<>();
    final Set<String> campaigns = new TreeSet<>();
    final Set<String> changedCampaigns = new TreeSet<>();
    final Set<String> keys = new TreeSet<>();
    final Set<String> partials = new TreeSet<>();
    final Set<String> products = new TreeSet<>();

    void add(Event event) {
      switch (event) {
        case EditionUpgradeRequested upgrade -> {
          devices.add(upgrade.deviceId());
          products.add(upgrade.product());
          add(campaigns, upgrade.campaignId());
          key(upgrade.keyId());
          key(upgrade.activationKeyId());
          if (upgrade.partialKey() != null) {
            partials.add(upgrade.partialKey().strip().toUpperCase(Locale.ROOT));
          }
        }
        case EditionReimageRequested reimage -> {
          devices.add(reimage.deviceId());
          reimaged.add(reimage.deviceId());
          images.add(reimage.imageId());
          add(agreements, reimage.agreementId());
          add(campaigns, reimage.campaignId());
        }
        case ImageRegistrationRequested image -> newImages.add(image.imageId());
        case EditionCampaignRequested campaign -> changedCampaigns.add(campaign.campaignId());
        case EditionCampaignControlled control -> changedCampaigns.add(control.campaignId());
        default -> {
          // An override is written under its own name and reads nothing.
        }
      }
    }

    void key(String keyId) {
      add(keys, keyId);
    }

    private static void add(Set<String> names, String name) {
      if (name != null) {
        names.add(name);
      }
    }
  }

  private static Set<UUID> changesOf(Collection<String> devices, EditionBatch batch) {
    return devices.stream()
        .map(batch::device)
        .flatMap(device -> Stream.of(device.openChange(), device.lastChange()))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Reads and locks devices with the changes that hold or held them, and the changes named. */
  public EditionBatch forDevices(
      Connection connection, Set<String> devices, Set<UUID> named, boolean add)
      throws SQLException {
    EditionBatch batch = new EditionBatch();
    DeviceRows.lock(connection, devices, add, batch);
    Set<UUID> changes = changesOf(devices, batch);
    changes.addAll(named);
    ChangeRows.load(connection, changes, true, batch);
    Set<String> campaigns =
        batch.changes().stream()
            .map(DeviceChange::campaignId)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    FactRows.loadCampaigns(connection, campaigns, false, batch);
    return batch;
  }

  /** Reads and locks what results of activations may finish. */
  public EditionBatch forActivations(Connection connection, List<ActivationResult> results)
      throws SQLException {
    Set<String> devices = new TreeSet<>();
    Set<UUID> activations = new TreeSet<>();
    for (ActivationResult result : results) {
      devices.add(result.deviceId());
      activations.add(RequestIds.of(result.requestId()));
    }
    Set<UUID> changes = new TreeSet<>(ChangeRows.ofActivations(connection, activations));
    return forDevices(connection, devices, changes, false);
  }

  /**
   * What a tick sweeps.
   *
   * @param batch the changes that are due and those that wait for their wave, with their devices
   * @param full whether there may be more than was read
   */
  public record Sweep(EditionBatch batch, boolean full) {}

  /** Reads and locks what is due, the active campaigns and what waits in them. */
  public Sweep forTick(Connection connection, Instant now, int max) throws SQLException {
    EditionBatch campaigns = new EditionBatch();
    FactRows.loadActiveCampaigns(connection, campaigns);
    Set<String> active =
        campaigns.campaigns().stream()
            .map(Campaign::campaignId)
            .collect(Collectors.toCollection(TreeSet::new));
    List<ChangeRows.Found> due = ChangeRows.due(connection, now, max);
    List<ChangeRows.Found> queued = ChangeRows.queued(connection, active, max);
    Set<String> devices = new TreeSet<>();
    Set<UUID> changes = new TreeSet<>();
    Stream.concat(due.stream(), queued.stream())
        .forEach(
            found -> {
              devices.add(found.deviceId());
              changes.add(found.id());
            });
    EditionBatch batch = new EditionBatch();
    DeviceRows.lock(connection, devices, false, batch);
    ChangeRows.load(connection, changes, true, batch);
    FactRows.loadCampaigns(connection, active, true, batch);
    Set<String> mentioned = new TreeSet<>(active);
    batch.changes().stream()
        .map(DeviceChange::campaignId)
        .filter(Objects::nonNull)
        .forEach(mentioned::add);
    mentioned.removeAll(active);
    FactRows.loadCampaigns(connection, mentioned, false, batch);
    ChangeRows.count(connection, active, batch);
    return new Sweep(batch, due.size() == max);
  }

  /** A batch for facts of other services, which are written without being read. */
  public EditionBatch forFacts() {
    return new EditionBatch();
  }

  /** Writes everything the batch changed. */
  public void save(Connection connection, EditionBatch batch) throws SQLException {
    DeviceRows.save(connection, batch.changedDevices());
    ChangeRows.save(connection, batch.changedChanges());
    FactRows.save(connection, batch);
  }
}
