package io.kagimori.esu.store;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.CatalogueDataException;
import io.kagimori.contracts.catalogue.EsuPrograms;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.TurnRule;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Devices and enrolments in PostgreSQL, read and written a batch at a time inside the batch step's
 * transaction. Every channel locks devices first, sorted by id, and license resources after them,
 * so that no two wait for each other in a circle; the sweep by time waits for nobody.
 */
@ApplicationScoped
public class EsuStore {
  private final EsuPlan plan;
  private final TurnRule turn;

  /**
   * @param folder with data files that take the place of the bundled ones
   */
  EsuStore(@ConfigProperty(name = "kagimori.esu.programs") Optional<String> folder) {
    plan = folder.map(EsuStore::planOf).orElseGet(() -> EsuPlan.of(Catalogue.get()));
    turn = new TurnRule(plan);
  }

  private static EsuPlan planOf(String folder) {
    Catalogue catalogue = Catalogue.get();
    try {
      return EsuPlan.of(EsuPrograms.replacedBy(Path.of(folder), catalogue), catalogue.products());
    } catch (CatalogueDataException e) {
      throw new IllegalStateException("KGM0301 ESU programs are not usable: " + e.getMessage(), e);
    }
  }

  /** Without devices there is nothing to make due, so the first tick need not look. */
  void start(@Observes StartupEvent starting, AgroalDataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      DueRows.plannedFirst(connection, plan.digest());
    }
  }

  /** The programs. */
  public EsuPlan plan() {
    return plan;
  }

  /** Reads and locks devices. */
  public EsuBatch lock(Connection connection, SortedSet<String> devices) throws SQLException {
    EsuBatch batch = new EsuBatch();
    DeviceRows.lock(connection, devices, batch);
    EnrolmentRows.readAcceptances(connection, batch);
    return batch;
  }

  /** Reads devices of which nothing but enrolments will change. */
  public void read(Connection connection, SortedSet<String> devices, EsuBatch batch)
      throws SQLException {
    if (!devices.isEmpty()) {
      DeviceRows.read(connection, devices, batch);
      EnrolmentRows.readAcceptances(connection, batch);
    }
  }

  /**
   * Devices that are due.
   *
   * @param batch the devices
   * @param anew those of them that are due because the programs changed
   */
  public record Due(EsuBatch batch, Set<String> anew) {}

  /** Reads and locks devices that are due, the longest overdue first. */
  public Due lockDue(Connection connection, LocalDate until, int limit) throws SQLException {
    EsuBatch batch = new EsuBatch();
    DueRows.planned(connection, plan.digest());
    return new Due(batch, DueRows.lock(connection, until, limit, batch));
  }

  /** Reads and locks license resources; devices were locked before. */
  public void lockLicenses(Connection connection, SortedSet<String> licenses, EsuBatch batch)
      throws SQLException {
    ArcRows.lock(connection, licenses, batch.arc());
  }

  /** Writes everything the batch changed. */
  public void save(Connection connection, EsuBatch batch) throws SQLException {
    DeviceRows.save(connection, batch, plan, Set.of());
    DueRows.saveChanged(connection, batch, turn);
    EnrolmentRows.save(connection, batch);
    ArcRows.save(connection, batch.arc());
  }

  /** Writes what a sweep changed, and of all its devices when they are due again. */
  public void save(Connection connection, Due due) throws SQLException {
    DeviceRows.save(connection, due.batch(), plan, due.anew());
    DueRows.saveAll(connection, due.batch(), turn);
  }
}
