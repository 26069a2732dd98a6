package io.kagimori.esu.store;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.TurnRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.SortedSet;

/**
 * Devices and enrolments in PostgreSQL, read and written a batch at a time inside the batch step's
 * transaction. Every channel locks devices first, sorted by id, and license resources after them,
 * so that no two wait for each other in a circle; the sweep by time waits for nobody.
 */
@ApplicationScoped
public class EsuStore {
  private final EsuPlan plan = EsuPlan.of(Catalogue.get());
  private final TurnRule turn = new TurnRule(plan);

  /** The programs. */
  public EsuPlan plan() {
    return plan;
  }

  /** Reads and locks devices. */
  public EsuBatch lock(Connection connection, SortedSet<String> devices) throws SQLException {
    EsuBatch batch = new EsuBatch();
    DeviceRows.lock(connection, devices, batch);
    return batch;
  }

  /** Reads and locks devices that are due, the longest overdue first. */
  public EsuBatch lockDue(Connection connection, LocalDate until, int limit) throws SQLException {
    EsuBatch batch = new EsuBatch();
    DeviceRows.lockDue(connection, until, limit, batch);
    return batch;
  }

  /** Reads and locks license resources; devices were locked before. */
  public void lockLicenses(Connection connection, SortedSet<String> licenses, EsuBatch batch)
      throws SQLException {
    ArcRows.lock(connection, licenses, batch.arc());
  }

  /** Writes everything the batch changed. */
  public void save(Connection connection, EsuBatch batch) throws SQLException {
    DeviceRows.save(connection, batch, plan, turn);
    EnrolmentRows.save(connection, batch.changedEnrolments());
    ArcRows.save(connection, batch.arc());
  }
}
