/** Provides {@link Database}. The data sources themselves stay in this folder: test/architecture looks for leaks. */
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { dataSourceOptions, openReader, openWriter } from './data-source.js';
import { Database } from './database.js';
import { escapesRowSecurity } from './scoped-data-source.js';
import { UnitOfWork } from './unit-of-work.js';

@Module({})
export class DatabaseModule {
  static forRoot(config: Config['database']): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => dataSourceOptions(config, false),
          dataSourceFactory: () => openBound(config),
        }),
        TypeOrmModule.forRootAsync({
          name: 'reader',
          // The reader opens after the writer has migrated.
          inject: [getDataSourceToken()],
          useFactory: () => dataSourceOptions(config, true),
          dataSourceFactory: () => openReader(config),
        }),
      ],
      providers: [
        {
          provide: Database,
          inject: [getDataSourceToken(), getDataSourceToken('reader')],
          useFactory: (writer: DataSource, reader: DataSource) =>
            new Database(config.engine, reader, new UnitOfWork(writer, config.engine === 'sqlite')),
        },
      ],
      exports: [Database],
    };
  }
}

/** The writer; says so where the second line of defence between schools is missing. */
async function openBound(config: Config['database']): Promise<DataSource> {
  const writer = await openWriter(config);
  if (await escapesRowSecurity(writer)) {
    new Logger('database').warn(
      'row-level security does not bind this PostgreSQL role: connect as the owner of the database, and no superuser',
    );
  }
  return writer;
}
