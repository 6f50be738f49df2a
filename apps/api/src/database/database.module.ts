/** Provides {@link Database}. The data sources themselves stay in this folder: test/architecture looks for leaks. */
import { Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { dataSourceOptions, openReader, openWriter } from './data-source.js';
import { Database } from './database.js';
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
          dataSourceFactory: () => openWriter(config),
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
