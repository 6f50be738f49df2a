/** What something reaches in a school: a list left out means "all", so that an empty one is a mistake. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** @param what what is listed, as it is called in messages, for example "lớp" */
export function AllOrSome(what: string, most: number): PropertyDecorator {
  const message = `Danh sách ${what} không được trống; bỏ hẳn ra nếu là mọi ${what}.`;
  const decorators = [IsOptional(), IsArray(), ArrayMinSize(1, { message }), ArrayMaxSize(most)];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

export class ReachDto {
  @ApiProperty({ example: [6, 7], required: false, type: [Number] })
  @AllOrSome('khối', 12)
  @IsInt({ each: true, message: 'Khối phải là số nguyên.' })
  @Min(1, { each: true, message: 'Khối từ 1 đến 12.' })
  @Max(12, { each: true, message: 'Khối từ 1 đến 12.' })
  grades?: number[];

  @ApiProperty({ example: ['5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11'], required: false, type: [String] })
  @AllOrSome('lớp', 200)
  @IsUUID(undefined, { each: true, message: 'Mã lớp không đúng dạng.' })
  classIds?: string[];
}
